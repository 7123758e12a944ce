"""The tokens of the identity providers against PyJWT."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from story import HOTEL, INTAKE

AUDIENCE = "enterprise-services"
CLAIMS = ["iss", "aud", "exp", "iat", "sub"]
# Who logs in, with which provider, and something that only they may read.
LOGINS = [
    ("agent-a", "persons", "/v1/applications"),
    (INTAKE, "officers", "/v1/workbench"),
]


def discovery(api, provider):
    """The provider's metadata, found by its issuer as OpenID Connect Discovery 1.0, section 4, says."""
    issuer = f"{api.base}/sandbox/oidc/{provider}"
    found = api.http.get(f"{issuer}/.well-known/openid-configuration").raise_for_status().json()
    assert found["issuer"] == issuer
    return found


def published_key(api, metadata, token):
    """The key of the published set by which a token says it is signed."""
    keys = api.http.get(metadata["jwks_uri"]).raise_for_status().json()
    return jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(token)["kid"]]


def verified(api, provider, token):
    metadata = discovery(api, provider)
    return jwt.decode(
        token,
        published_key(api, metadata, token),
        algorithms=metadata["id_token_signing_alg_values_supported"],
        audience=AUDIENCE,
        issuer=metadata["issuer"],
        options={"require": CLAIMS},
    )


def as_caller(api, token):
    return api.bearer(token).having(x_acting_for=HOTEL) if token_is_of_a_person(token) else api.bearer(token)


def token_is_of_a_person(token):
    return jwt.decode(token, options={"verify_signature": False})["kind"] == "person"


def forged(token, key):
    """The same header, key id and claims, signed with another key."""
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, key, algorithm=header["alg"], headers=header)


@pytest.mark.parametrize(("person", "provider", "path"), LOGINS)
def test_a_token_verifies_against_the_published_keys(api, person, provider, path):
    claims = verified(api, provider, api.token(person))
    assert claims["sub"] == person
    assert claims["iat"] < claims["exp"]


def test_a_token_of_one_provider_does_not_verify_with_the_other(api):
    metadata = discovery(api, "officers")
    with pytest.raises(KeyError):
        published_key(api, metadata, api.token("agent-a"))


@pytest.mark.parametrize(("person", "provider", "path"), LOGINS)
def test_a_token_signed_with_another_key_of_the_same_id_is_refused(api, person, provider, path):
    good = api.token(person)
    forgery = forged(good, ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(jwt.InvalidSignatureError):
        verified(api, provider, forgery)
    # The good one opens what the forged one does not: nothing else differs.
    assert as_caller(api, good).send("GET", path).status_code == 200
    refused = as_caller(api, forgery).send("GET", path)
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
