"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from cms.office.masking import mask_servers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")
application = get_wsgi_application()
mask_servers()
