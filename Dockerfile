# --- The stylesheet and the icons. Node comes from PyPI, so that there is one kind of base image.
FROM python:3.13-slim AS css
WORKDIR /build
COPY requirements-node.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-node.txt
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=optional --no-audit --no-fund
COPY frontend frontend
COPY static static
RUN npm run -s byg

# --- The Python packages, pinned by hash.
FROM python:3.13-slim AS packages
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

# --- What runs.
FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/srv/static MAIL_DIR=/data/mail \
    FILE_ROOT=/data/filer
# WeasyPrint draws with Pango.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home elevforloeb \
    && install -d -m 700 -o elevforloeb /data /data/mail /data/filer
COPY --from=packages /venv /venv
WORKDIR /srv/app
COPY manage.py ./
COPY elevforloeb elevforloeb
COPY afdelinger afdelinger
COPY evaluering evaluering
COPY skoleophold skoleophold
COPY rekruttering rekruttering
COPY templates templates
COPY static static
COPY deploy deploy
COPY --from=css /build/static_byg static_byg
RUN SECRET_KEY=only-for-the-build DATABASE_URL=postgresql:///none REDIS_URL=redis://none python manage.py collectstatic --noinput \
    && python -m compileall -q .
# What a large file took goes back to the system at once, instead of staying with the thread that received it.
ENV MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=1048576
USER elevforloeb
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/sundhed/', headers={'Host': 'localhost'}), timeout=4)"]
# The program is read once and shared by the workers, and one that takes another's place is there at once.
CMD ["gunicorn", "elevforloeb.project.wsgi", "--preload", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8", \
     "--max-requests", "1000", "--max-requests-jitter", "100", "--worker-tmp-dir", "/dev/shm"]
