"""The private link of somebody without an account: a random key, signed. The database alone can make no link."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

signer = Signer(salt="rekruttering.link", sep="~")


def token(noegle: UUID) -> str:
    return signer.sign(noegle.hex)


def key_of(token: str) -> UUID | None:
    """None: this is no link of ours."""
    try:
        return UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
