"""The private link of somebody without an account: a random key, signed. The database alone can make no link."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

signer = Signer(salt="rekruttering.link", sep="~")
NOBODY = UUID(int=0)


def token(noegle: UUID) -> str:
    return signer.sign(noegle.hex)


def key_of(token: str) -> UUID:
    """Of what is no link of ours: a key that nobody has, so that looking it up takes as long as any other."""
    try:
        return UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        return NOBODY
