"""The addresses of the council's pages."""

from django.urls import path

from media_assets import views

urlpatterns = [
    path("adat/", views.waiting, name="adat"),
    path("adat/<int:pk>/", views.submission, name="adat_submission"),
    path("adat/t/<str:key>/", views.by_link, name="adat_link"),
]
