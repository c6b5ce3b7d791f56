"""How the web process runs; gunicorn reads it by itself where it is started in this folder."""

import os

worker_class = "cms.web.Worker"
limit_request_line = 8190  # gunicorn's own limit; a longer address gets our page from the worker
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
