using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>Issues certificates that nobody else trusts, made when they are asked for.</summary>
public sealed class TestAuthority
{
    private readonly X509Certificate2 _root;

    public TestAuthority(string name)
    {
        using var key = RSA.Create(2048);
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-20), DateTimeOffset.UtcNow.AddYears(20));
    }

    /// <summary>The root in PEM, without its key.</summary>
    public string RootPem => _root.ExportCertificatePem();

    /// <summary>A certificate with its key.</summary>
    public X509Certificate2 Issue(string name, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        var issued = request.Create(_root, DateTimeOffset.UtcNow.AddYears(-10), until ?? DateTimeOffset.UtcNow.AddYears(10), RandomNumberGenerator.GetBytes(12));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>The root, without its key.</summary>
    public X509Certificate2 Root => X509CertificateLoader.LoadCertificate(_root.RawData);

    /// <summary>A certificate of a server on loopback, with its key.</summary>
    public X509Certificate2 IssueServer(IPAddress? address = null, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = Request("loopback", key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address ?? IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, DateTimeOffset.UtcNow.AddDays(-1), until ?? DateTimeOffset.UtcNow.AddYears(1), RandomNumberGenerator.GetBytes(12));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Certificate, key and root in PEM.</summary>
    public string Pem(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n{RootPem}";
    }

    /// <summary>Certificate, key and root as a PKCS#12 in Base64.</summary>
    public string Pkcs12(X509Certificate2 certificate, string? password = null)
    {
        X509Certificate2Collection all = [certificate, X509CertificateLoader.LoadCertificate(_root.RawData)];
        return Convert.ToBase64String(all.Export(X509ContentType.Pkcs12, password)!);
    }

    private static CertificateRequest Request(string name, RSA key) => new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
