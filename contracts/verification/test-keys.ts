import type { JsonWebKey } from 'node:crypto';

/**
 * Test keys, made for these cases and printed here for everybody: they protect nothing and nobody
 * may trust them. They are fixed so that one seed sends the same bytes on every machine.
 */
export const TEST_KEYS = {
  rsa: {
    kty: 'RSA',
    n: 'rJcp_RwtTFH1-J8otLs87m44EBudm9EY7PUi6UhkAT4Q-yfF667Zv9XRkJC2a_iesqCsxaMhlDVxzLIclOTcNeUgfDfS2jtuczHZAC_Z0i7OIwTGXZsWCY6nj0vivvBJ-el5w-UvuIYBXHeayJ6l5dg6njI3rEpn1EXymUI5QMbnojjWFHYIjT4wStb18u3e8IvpNNY4Jc4eZ4OdUYOrtJS4sVAt5NMmLX9i31AYNXUXfxlfimA9pB8YDdYmxW1EBglLk6bq-7GWlcrdR-Lm9bpL_Bfg_0TUUVw09vp9o3ifxpHKyN5yQuCYoSdJg_MOe5dyme8HwR2X3CJryvSdpw',
    e: 'AQAB',
    d: 'RklLcsZCVlX8j3M1zyB_iHQ_haPRdE7b0Uhlns55152wqa_BZSFwkTThIvgkKmV2L7XKlrRALQz02tFgXWy0l4hHyf6r8m8IpIYU4wQZt4STM2Sy6hUKDPtZFrznSy4tWkbwbUxNOl7sd_1HflNJqYh9GsbFsHcewK55xVtYWJ3bzV4Xkp4OvKh1hR3Gu3gTl7SokIemvjrhFmNnaocpd9ObxZnOgdnGEOECKikwoGKbqqaW3fhQNITPCA-goqsecXszXBe6xWYTzW6deGJPDKAnhfrhT_3WhGbEZA3UnWSO-84Yo23IlkicuneNqA8hkFkmfxfe6-DFrrZRNSBw1Q',
    p: '7oC-UayZ2qRVK9UaV76Buy816xDJW6jbp6mUVayGaTHJyo0XFgHNb1ZP-KiiCJvZPddrX09z-VLkv6_dOXsxMv7RkxVZggUIY5CakwbIYBrPEC88ed4xAghNVPZii-POy8_VgwByVGvzIdog96nHCp4NRaZImcZfrGmrYZBz4X0',
    q: 'uUCJrXdUk6v7N1RIV87siOSi1bH7jhmvcqEY2QXnaiAGfBVjeTy1J1Jt61sVB-M0Tm652y5rFT9JTZeKbrROyeKMABzIJdgAkuFoQlJoyWw7hS0VMMiLNddObqOCBoW4-EUg3X7-P03-SusRYzFvbMy7njHiBfMIc73lEqpAJPM',
    dp: '2Lf1uENtXkZa-kRe9oIuYgepJ9sODRLn3XbzSdJGJIpQQZRo-N9UbCny6xFYgxgSk-YONAH_cPuIzkGgdN3jO-JeTxdkSQgHsmkwfA76vpE9vAggHODwiVc_5ccojtLHE13cNniOavXYbNdHg6QrMBOkHbjWWZzvTLyMNVBMbAU',
    dq: 'rnLS87JCyAkVOaY5tc6bOdIscRX48HjJmiWQM5Z2tJ5R3Pl7QgjkApKCBjcwV8wiTpXAmWFd35VIHzRMXTGYXE7lTZnM9K4y5B41wva9zKgKaL_qi5TeWyZUqqV45VF5vPnEGDDllZGJnN09823zIr6tEyygTr_tPqkdFXWTj_c',
    qi: '5HsH3zGZhp2t4NJ74AoIkCi2fUmHkXaoO27jgPttjbhlGjr1S0GPZz2JIbkSwuDin-2YpdDIsPlPd_dyGwCuAXWvrNu-HSRkDt6LgWt3M81To0Y0o-PwpGtpI8GWga6bqfbcZL2bine6aSMp-soh9TNVhPH7SOIz2nJUqPIigLA',
  },
  p256: {
    kty: 'EC',
    crv: 'P-256',
    x: 'HnGFNGBdndNOmVRj6TbyWD9wET3dqVFDPbL-lN7e2wI',
    y: 'XV4G0gELiyovUg1YEKp_KrMdfeNlblGJ_G9MOYyM8nE',
    d: 'FhhdlPYVUJGvTKAUSKZXC-IGowhsQBAcyF-1KD4asw8',
  },
  ed25519: {
    kty: 'OKP',
    crv: 'Ed25519',
    x: 'xne3mN4NbxLYJLYmWMB3GIGmOts9v_iyIApBdk9M1dg',
    d: 'JEVkmBkwjJAp0nT7eoJjACF5c064ye1F8izQ4Iq81kk',
  },
} as const satisfies Readonly<Record<string, JsonWebKey>>;

/** How a token and a JWKS name the RSA key. */
export const TEST_KID = 'hookproof-test-key';

/** A certificate of the RSA test key, signed by itself, valid from 2020 to 2120. */
export const TEST_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIC6TCCAdGgAwIBAgIBATANBgkqhkiG9w0BAQsFADAdMRswGQYDVQQDDBJob29r
cHJvb2YgdGVzdCBrZXkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBa
MB0xGzAZBgNVBAMMEmhvb2twcm9vZiB0ZXN0IGtleTCCASIwDQYJKoZIhvcNAQEB
BQADggEPADCCAQoCggEBAKyXKf0cLUxR9fifKLS7PO5uOBAbnZvRGOz1IulIZAE+
EPsnxeuu2b/V0ZCQtmv4nrKgrMWjIZQ1ccyyHJTk3DXlIHw30to7bnMx2QAv2dIu
ziMExl2bFgmOp49L4r7wSfnpecPlL7iGAVx3msiepeXYOp4yN6xKZ9RF8plCOUDG
56I41hR2CI0+MErW9fLt3vCL6TTWOCXOHmeDnVGDq7SUuLFQLeTTJi1/Yt9QGDV1
F38ZX4pgPaQfGA3WJsVtRAYJS5Om6vuxlpXK3Ufi5vW6S/wX4P9E1FFcNPb6faN4
n8aRysjeckLgmKEnSYPzDnuXcpnvB8Edl9wia8r0nacCAwEAAaMyMDAwDwYDVR0T
AQH/BAUwAwEB/zAdBgNVHQ4EFgQUIdjwDzZGbeQSDYH+HWZrgCEMeLowDQYJKoZI
hvcNAQELBQADggEBAGq8buzTLwx0sj/hTaF0a3MywfRoGUxhd+I0YlxZlKEdvCIG
fNnegQbWquDo5Q/FD7hCzb3DWM87sqfFSpZQTnkHh/lra9hccm1EOsmvrzzeos5K
5U2wDfOSsWYize8vtF03lYxdXD+Px5EVdpe85yDLhe42XUPatssRKST+Oi1PKOm5
1aAcxMmmjyAn8GgDpvWW2ZVf0tfI+1fmXWMW9hHv58sUSfHpuuLqJ5Nz2SNbEWmX
ZuL2O85KLFTHzGt4T/LrahIv75yxKwvNP3NjrQUlPHaksLEpLf2Dp94uQ/0IRXcL
vq1qTyOc7vy7ZBDDOixjN0E0icEbwqB1RtiMB7Q=
-----END CERTIFICATE-----
`;
