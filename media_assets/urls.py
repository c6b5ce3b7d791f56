"""The addresses of the council's pages, and of what the public asks of it; a later version stands under its link."""

from django.urls import include, path, re_path

from cms.office import links
from media_assets import following_views, guide_views, label_views, note_views, takedown_views, views, word_views

OF_A_TEXT = [
    path("suara/<str:quality>/", guide_views.listen),
    path("kata/<str:part>/", word_views.explain),
    path("catatan/", note_views.note),
    path("catatan/<row:note>/tarik/", note_views.take_back),
]
BY_LINK = rf"^adat/t/(?P<key>{links.KEY})/"
urlpatterns = [
    path("adat/", views.waiting, name="adat"),
    path("adat/label/", label_views.index, name="labels"),
    path("adat/label/<row:pk>/", label_views.of_senjang, name="labels_of"),
    path("adat/label/<row:pk>/penutup/", label_views.cover, name="cover"),
    path("adat/label/<row:pk>/<str:key>/", label_views.label, name="label"),
    path("adat/permohonan/<row:pk>/", takedown_views.answer, name="takedown"),
    path("label/<row:pk>/suara/", label_views.voice, name="label_voice"),
    path("turunkan/", takedown_views.look_up, name="takedown_code"),
    path("turunkan/<row:pk>/", takedown_views.ask, name="ask_takedown"),
    path("adat/<row:pk>/", views.review, name="adat_submission"),
    path("adat/<row:pk>/", include(OF_A_TEXT)),
    re_path(rf"{BY_LINK}\Z", views.review, name="adat_link"),
    re_path(rf"{BY_LINK}(?P<pk>\d{{1,18}})/\Z", views.review, name="adat_link_newer"),
    re_path(BY_LINK, include(OF_A_TEXT)),
    re_path(rf"{BY_LINK}(?P<pk>\d{{1,18}})/", include(OF_A_TEXT)),
    path("lirik/<row:pk>/<str:name>", following_views.sung_file, name="sung_file"),
    path("kosakata/", word_views.word_list, name="kosakata"),
    re_path(r"^adat/t/(?P<sent>[\s\S]*)\Z", views.torn_link),
]
