"""Where addresses lead."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cms import health, language, login, paper_check, views, wagtail_reports
from media_assets import serving

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/jsi18n/", language.admin_words),
    path("media/<path:name>", serving.public, name="media"),
    path("masuk/", login.Login.as_view(), name="masuk"),
    path("keluar/", login.Leave.as_view(), name="keluar"),
    path("kerja/", login.to_work, name="beranda_kerja"),
    path("admin/login/", RedirectView.as_view(pattern_name="masuk", query_string=True)),  # one door, one guess counter
    path("robots.txt", views.robots),
    path("sitemap.xml", views.site_map),
    re_path(r"^[pP][eE][rR][iI][kK][sS][aA]/?\Z", paper_check.type_code, name="type_paper_code"),
    re_path(r"^[pP][eE][rR][iI][kK][sS][aA]/(?P<sent>[\s\S]{1,300})\Z", paper_check.check, name="check_paper"),
    path("", include("media_assets.urls")),
    path("admin/reports/", include(wagtail_reports)),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("campaigns.urls")),
    path("", include("radio_schedule.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "cms.views.bad_request"
handler403 = "cms.views.forbidden"
handler404 = "cms.views.not_found"
handler500 = "cms.views.server_error"
