use crate::Target;
use crate::seeds::{fixtures, texts};

/// Mails with their parts and attachments.
pub(crate) const TARGET: Target = Target {
    name: "mail",
    seeds,
    words: &[
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Disposition: attachment; filename=\"../../x.pdf\"\r\n",
        "=?utf-8?Q?=C3=A4?=",
        "\r\n--b\r\n",
        "Content-Type: message/rfc822\r\n\r\n",
    ],
    short: 100,
    run,
};

const MAIL: &str = "From: Kim <kim@example.org>\r\nTo: a@example.org\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\n\
Subject: =?utf-8?B?UmVjaG51bmc=?=\r\nMIME-Version: 1.0\r\nMessage-ID: <1@example.org>\r\n\
Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n\
<p>Guten Tag &amp; hallo</p>\r\n--b\r\nContent-Type: application/pdf; name=\"x.pdf\"\r\n\
Content-Disposition: attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf\r\n\
Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--b--\r\n";

fn seeds() -> Vec<Vec<u8>> {
    [texts(&[MAIL]), fixtures("hostile", &["eml"], 60_000)].concat()
}

fn run(bytes: &[u8]) {
    super::read_as(bytes, "message/rfc822");
}
