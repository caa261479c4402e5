"""Mail leaves encrypted, with TLS 1.2 or newer, and only to a server that can prove who it is."""

import ssl
from datetime import timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.checks import run_checks
from django.core.mail import EmailMessage
from django.utils import timezone

from elevforloeb.core.delivery import Line
from elevforloeb.core.models import Mail
from tests.smtp import SmtpSink

OLD_TLS = pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1", "ignore:ssl.PROTOCOL_TLS")


def make_certificate(folder, address) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "proeve")])
    now = timezone.now()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9000))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    secret = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(key.private_bytes(*secret) + certificate.public_bytes(serialization.Encoding.PEM))
    return str(file)


@pytest.fixture
def send(settings, tmp_path, monkeypatch):
    """Send one mail to a server with such a certificate and such a TLS."""

    def run(*, address="127.0.0.1", trusted=True, newest=ssl.TLSVersion.TLSv1_3):
        certificate = make_certificate(tmp_path, address)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", certificate)
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(certificate)
        server.set_ciphers("ALL:@SECLEVEL=0")
        server.minimum_version, server.maximum_version = ssl.TLSVersion.TLSv1, newest
        with SmtpSink(ssl_context=server) as sink:
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", sink.port, True
            with Line() as line:
                outcome = line.send(EmailMessage("Emne", "Tekst", to=["anna@example.invalid"]))
            return outcome, len(sink.received)

    return run


@OLD_TLS
def test_mail_is_sent_to_a_server_that_shows_a_trusted_certificate(send):
    outcome, received = send(newest=ssl.TLSVersion.TLSv1_2)
    assert (outcome.status, received) == (Mail.Status.SENDT, 1), outcome


@OLD_TLS
@pytest.mark.parametrize(
    "server",
    [{"trusted": False}, {"address": "10.0.0.1"}, {"newest": ssl.TLSVersion.TLSv1_1}],
    ids=["unknown certificate", "another server's certificate", "TLS 1.1"],
)
def test_mail_is_kept_when_the_server_cannot_prove_itself(send, server):
    outcome, received = send(**server)
    assert (outcome.status, outcome.line_is_down, received) == (Mail.Status.VENTER, True, 0)


@OLD_TLS
def test_a_server_of_old_tls_is_refused_because_it_is_old(send):
    """The same server with TLS 1.2 gets the mail (above). How OpenSSL words the refusal differs: some hang up."""
    outcome, _ = send(newest=ssl.TLSVersion.TLSv1_1)
    assert outcome.status == Mail.Status.VENTER
    assert any(word in outcome.svar.lower() for word in ("version", "protocol", "closed")), outcome


@pytest.mark.parametrize("mode", ["pilot", "live"])
@pytest.mark.parametrize(
    ("host", "tls", "problems"),
    [("mail.example.invalid", False, ["core.E002"]), ("mail.example.invalid", True, []), ("localhost", False, [])],
)
def test_the_start_says_when_mail_would_leave_the_machine_unencrypted(settings, mode, host, tls, problems):
    settings.MAIL_MODE, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = mode, host, tls
    assert [problem.id for problem in run_checks() if problem.id.startswith("core.")] == problems


def test_the_start_says_when_the_mode_is_misspelt(settings):
    settings.MAIL_MODE = "lvie"
    assert [problem.id for problem in run_checks() if problem.id.startswith("core.")] == ["core.E001"]
