"""The addresses of the council's pages, and of what the public asks of it."""

from django.urls import path, re_path

from cms.office import links
from media_assets import label_views, takedown_views, views

urlpatterns = [
    path("adat/", views.waiting, name="adat"),
    path("adat/label/", label_views.index, name="labels"),
    path("adat/label/<int:pk>/", label_views.of_senjang, name="labels_of"),
    path("adat/label/<int:pk>/penutup/", label_views.cover, name="cover"),
    path("adat/label/<int:pk>/<str:key>/", label_views.label, name="label"),
    path("adat/permohonan/<int:pk>/", takedown_views.answer, name="takedown"),
    path("label/<int:pk>/suara/", label_views.voice, name="label_voice"),
    path("turunkan/", takedown_views.look_up, name="takedown_code"),
    path("turunkan/<int:pk>/", takedown_views.ask, name="ask_takedown"),
    path("adat/<int:pk>/", views.submission, name="adat_submission"),
    re_path(rf"^adat/t/(?P<key>{links.KEY})/\Z", views.by_link, name="adat_link"),
    re_path(r"^adat/t/(?P<sent>[\s\S]*)\Z", views.torn_link),
]
