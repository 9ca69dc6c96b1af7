using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>
/// Signs answers as the service does: body and time stamp, the certificate in the header before them. The body is put into canonical form
/// first, by the platform; its digest is then that of its bytes, and an answer of any size is signed in two passes.
/// </summary>
internal sealed class AnswerSigner(X509Certificate2 certificate, UniloginHabits habits, Spoiling spoiled)
{
    private const string BodyId = "id-body-1";
    private const string StampId = "TS-1";

    /// <param name="content">Writes the body's child, in canonical form, the same every time.</param>
    /// <param name="relatesTo">The id of the message that is answered.</param>
    public void Write(Action<Stream> content, string? relatesTo, Stream output)
    {
        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            WriteBody(content, hashing);
        }

        Text(output, $"<S:Envelope xmlns:S=\"{Names.Soap}\" xmlns:wsu=\"{Names.Utility}\"><S:Header>");
        if (spoiled != Spoiling.NoSignature)
        {
            Text(output, Header(sha.Hash!, relatesTo));
        }

        if (spoiled == Spoiling.MovedBody)
        {
            // What was signed is still there, but no longer where a reader takes its data from.
            Text(output, "<moved xmlns=\"urn:moved\">");
            WriteBody(content, output);
            Text(output, "</moved>");
        }

        Text(output, "</S:Header>");
        WriteBody(spoiled is Spoiling.ChangedBody or Spoiling.MovedBody ? Changed(content) : content, output);
        Text(output, "</S:Envelope>");
    }

    private static Action<Stream> Changed(Action<Stream> content) => output =>
    {
        content(output);
        output.WriteByte((byte)' ');
    };

    private string Header(byte[] bodyDigest, string? relatesTo)
    {
        var now = habits.Clock.GetUtcNow().UtcDateTime + habits.ClockError;
        var stamp = $"<wsu:Timestamp xmlns:wsu=\"{Names.Utility}\" wsu:Id=\"{StampId}\"><wsu:Created>{now:yyyy-MM-dd'T'HH:mm:ss'Z'}</wsu:Created>"
            + $"<wsu:Expires>{now.AddMinutes(5):yyyy-MM-dd'T'HH:mm:ss'Z'}</wsu:Expires></wsu:Timestamp>";
        var digest = spoiled == Spoiling.Digest ? SHA256.HashData("another body"u8) : bodyDigest;
        var info = $"<ds:SignedInfo xmlns:ds=\"{Names.Signature}\"><ds:CanonicalizationMethod Algorithm=\"{SignedXml.XmlDsigExcC14NTransformUrl}\"></ds:CanonicalizationMethod>"
            + $"<ds:SignatureMethod Algorithm=\"{SignedXml.XmlDsigRSASHA256Url}\"></ds:SignatureMethod>"
            + Reference(StampId, SHA256.HashData(Encoding.UTF8.GetBytes(stamp))) + Reference(BodyId, digest) + "</ds:SignedInfo>";
        using var key = certificate.GetRSAPrivateKey()!;
        var value = key.SignData(Encoding.UTF8.GetBytes(info), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (spoiled == Spoiling.Signature)
        {
            value[0] ^= 1;
        }

        return $"<wsa:RelatesTo xmlns:wsa=\"{Names.Addressing}\">{relatesTo}</wsa:RelatesTo><wsse:Security xmlns:wsse=\"{Names.Security}\" S:mustUnderstand=\"true\">"
            + stamp
            + $"<wsse:BinarySecurityToken wsu:Id=\"X509-1\" ValueType=\"{Names.X509}\" EncodingType=\"{Names.Base64}\">{Convert.ToBase64String(certificate.RawData)}</wsse:BinarySecurityToken>"
            + $"<ds:Signature xmlns:ds=\"{Names.Signature}\">{info}<ds:SignatureValue>{Convert.ToBase64String(value)}</ds:SignatureValue>"
            + "<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI=\"#X509-1\"></wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>"
            + "</wsse:Security>";
    }

    private static string Reference(string id, byte[] digest) =>
        $"<ds:Reference URI=\"#{id}\"><ds:Transforms><ds:Transform Algorithm=\"{SignedXml.XmlDsigExcC14NTransformUrl}\"></ds:Transform></ds:Transforms>"
        + $"<ds:DigestMethod Algorithm=\"{SignedXml.XmlDsigSHA256Url}\"></ds:DigestMethod><ds:DigestValue>{Convert.ToBase64String(digest)}</ds:DigestValue></ds:Reference>";

    /// <summary>In canonical form: what the envelope declares stands where it is used.</summary>
    private static void WriteBody(Action<Stream> content, Stream output)
    {
        Text(output, $"<S:Body xmlns:S=\"{Names.Soap}\" xmlns:wsu=\"{Names.Utility}\" wsu:Id=\"{BodyId}\">");
        content(output);
        Text(output, "</S:Body>");
    }

    private static void Text(Stream output, string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
