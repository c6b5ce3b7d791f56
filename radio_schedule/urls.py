"""Where the station's addresses lead."""

from django.urls import path

from radio_schedule import views

urlpatterns = [
    path("siaran/", views.today, name="siaran"),
    path("siaran/berkas/<int:pk>/", views.file, name="siaran_berkas"),
]
