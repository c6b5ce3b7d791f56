"""The addresses of the council's pages."""

from django.urls import path, re_path

from cms.office import links
from media_assets import views

urlpatterns = [
    path("adat/", views.waiting, name="adat"),
    path("adat/<int:pk>/", views.submission, name="adat_submission"),
    re_path(rf"^adat/t/(?P<key>{links.KEY})/\Z", views.by_link, name="adat_link"),
    re_path(r"^adat/t/(?P<sent>[\s\S]*)\Z", views.torn_link),
]
