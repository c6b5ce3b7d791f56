"""The bare counterpart of the visitor page: no middleware, one ORM get, one ORM create, a short answer."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")
django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = __name__


def scan(request: HttpRequest, code: str) -> HttpResponse:
    from campaigns.models import Code, Scan

    found = Code.objects.get(pk=code)
    Scan.objects.create(code=found, kind=Scan.Kind.SCAN, device="bare", day=timezone.localdate())
    return HttpResponse(found.label)


urlpatterns = [path("q/<str:code>", scan)]
application = get_wsgi_application()
