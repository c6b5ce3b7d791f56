"""A bucket in memory that behaves as S3 does: no local path, no folders but in names, addresses that are signed."""

from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone


class Bucket(Storage):
    querystring_auth = True

    def __init__(self, name):
        self.name, self.objects = name, {}

    def _open(self, name, mode="rb"):
        return ContentFile(self.objects[name][0], name)

    def _save(self, name, content):
        self.objects[name] = (b"".join(content.chunks()), timezone.now())
        return name

    def delete(self, name):
        self.objects.pop(name, None)

    def exists(self, name):
        return name in self.objects

    def listdir(self, path):
        inside = [name.removeprefix(f"{path}/") for name in self.objects if name.startswith(f"{path}/")]
        return sorted({name.split("/")[0] for name in inside if "/" in name}), [n for n in inside if "/" not in n]

    def size(self, name):
        return len(self.objects[name][0])

    def get_modified_time(self, name):
        return self.objects[name][1]

    def url(self, name, parameters=None, expire=None, http_method=None):
        query = {**(parameters or {}), "method": http_method, "signed": "yes"}
        return f"https://{self.name}.s3.example/{name}?{urlencode(query)}"
