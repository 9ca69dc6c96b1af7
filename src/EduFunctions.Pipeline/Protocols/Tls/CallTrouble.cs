using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Tls;

/// <summary>Why a call came to nothing before there was an answer, in words for people.</summary>
[Told]
internal static class CallTrouble
{
    /// <summary>What the runtime says in its own words is that the other side spoke no TLS: the rest of it are names of flags.</summary>
    private const string NoTls = "frame";

    public static string Of(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        null => "no answer in time",
        HttpRequestError.SecureConnectionError => OfCertificate(e.InnerException?.Message ?? "") ?? nameof(HttpRequestError.SecureConnectionError),
        var error => $"{error}",
    };

    private static string? OfCertificate(string said)
    {
        return Says("RemoteCertificateNameMismatch") ? "its certificate is for another name"
            : Says("NotTimeValid") ? "its certificate has expired or is not good yet"
            : Says("UntrustedRoot") || Says("PartialChain") ? "its certificate comes from an issuer that is not trusted; trustedRoots can name one"
            : Says(NoTls) ? "it speaks no TLS there"
            : null;

        bool Says(string word) => said.Contains(word, StringComparison.Ordinal);
    }
}
