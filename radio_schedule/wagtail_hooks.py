"""What radio_schedule adds to Wagtail's admin; each hook only hands over."""

from wagtail import hooks

from radio_schedule.viewsets import StationViewSet


@hooks.register("register_admin_viewset")
def stations() -> StationViewSet:
    return StationViewSet()
