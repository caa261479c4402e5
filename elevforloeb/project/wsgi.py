import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elevforloeb.project.settings")
application = get_wsgi_application()

# All pages are loaded before the first request, and the garbage collector need never walk through that code again:
# it took 60 ms each time, in the middle of somebody's request.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)  # a page makes many objects and few circles: looking for them after 700 took 7 %
