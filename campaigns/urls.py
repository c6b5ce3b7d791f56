"""Addresses under /q/, in either case, since the printed symbol holds capitals."""

from django.urls import re_path

from campaigns import visit_views

urlpatterns = [
    re_path(r"^[qQ]/?\Z", visit_views.type_code, name="type_code"),
    re_path(r"^[qQ]/(?P<typed>[^/]{1,300})/b\Z", visit_views.hear_beacon, name="hear_beacon"),
    re_path(r"^[qQ]/(?P<typed>[\s\S]+)\Z", visit_views.open_code, name="open_code"),
]
