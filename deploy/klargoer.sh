#!/bin/sh
# Before web and workers start: tables, rights and reference data, as the owner of the database. Safe to run again.
set -eu
export DATABASE_URL="${OWNER_DATABASE_URL:?Sæt OWNER_DATABASE_URL: den bruger, der ejer tabellerne}"
exec python manage.py klargoer
