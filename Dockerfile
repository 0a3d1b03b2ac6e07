# The worker and the commands, in one image that holds no secret and no data.
FROM python:3.11.15-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/echeancier
ENV PATH=/opt/echeancier/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# pip first, at the version of the constraints: an older one does not know build constraints.
COPY constraints.txt .
RUN pip install --constraint constraints.txt --upgrade pip
COPY . .
RUN pip install --constraint constraints.txt --build-constraint constraints.txt '.[desk]'

FROM python:3.11.15-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/echeancier echeancier \
    && install -d -o echeancier -g echeancier -m 0700 /srv/echeancier /srv/echeancier/var
COPY --from=build /opt/echeancier /opt/echeancier
# Output is unbuffered so that `docker compose logs` shows a line when it is written.
ENV PATH=/opt/echeancier/bin:$PATH PYTHONUNBUFFERED=1
USER echeancier
# Documents, journal and outgoing files go to ./var, a named volume in docker-compose.yml.
WORKDIR /srv/echeancier
CMD ["echeancier", "worker"]
