using System.Security.Cryptography.X509Certificates;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>Whose signatures on answers are believed.</summary>
/// <param name="Roots">Where a chain has to end; null for the roots that this machine trusts.</param>
/// <param name="Issuers">Certificates between a signer and its root, which answers do not carry.</param>
[Told]
public sealed record AnswerTrust(IReadOnlyList<X509Certificate2>? Roots, IReadOnlyList<X509Certificate2> Issuers)
{
    /// <summary>Self-issued certificates are roots, the others stand between.</summary>
    public static AnswerTrust Of(IEnumerable<X509Certificate2> certificates)
    {
        var kinds = certificates.ToLookup(each => each.SubjectName.RawData.AsSpan().SequenceEqual(each.IssuerName.RawData));
        return new AnswerTrust(kinds[true].Any() ? [.. kinds[true]] : null, [.. kinds[false]]);
    }

    /// <exception cref="SoapException">The chain does not end where it should, or the certificate is not valid now.</exception>
    internal void Require(X509Certificate2 signer, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = now.UtcDateTime;
        policy.VerificationTimeIgnored = false;
        policy.ExtraStore.AddRange(Issuers.ToArray());
        if (Roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Roots.ToArray());
        }

        if (!chain.Build(signer))
        {
            var causes = string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
            throw new SoapException(
                $"the answer is signed with the certificate \"{signer.Subject}\" (serial {signer.SerialNumber}), which is not trusted here ({causes})", mayPass: false);
        }

        if (signer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
            && (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0)
        {
            throw new SoapException($"the answer is signed with the certificate \"{signer.Subject}\", which is not for signatures", mayPass: false);
        }
    }
}
