using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>A certificate with its private RSA key, and the certificates that came along.</summary>
public sealed class SigningCertificate : IDisposable
{
    private const string FilePrefix = "file:";

    private readonly X509Certificate2Collection _all;

    private SigningCertificate(X509Certificate2Collection all)
    {
        _all = all;
        Certificate = all.FirstOrDefault(each => each.HasPrivateKey) ?? throw new CryptographicException("it holds no private key");
        Key = Certificate.GetRSAPrivateKey() ?? throw new CryptographicException("its key is no RSA key");
    }

    public X509Certificate2 Certificate { get; }

    public RSA Key { get; }

    /// <summary>The issuers that came along.</summary>
    public IEnumerable<X509Certificate2> Issuers => _all.Where(each => !each.HasPrivateKey);

    /// <param name="secret">PEM with certificate and key, or a PKCS#12 in Base64 as Key Vault hands it out; or <c>file:</c> and a path to either.</param>
    /// <exception cref="CryptographicException">Says what is wrong, without the secret.</exception>
    public static SigningCertificate Load(Secret secret, Secret? password)
    {
        var content = Content(secret);
        return new SigningCertificate(IsPem(content) ? FromPem(Encoding.UTF8.GetString(content), password) : FromPkcs12(content, password));
    }

    /// <summary>The certificates, without keys, of a PEM text or of <c>file:</c> and a path.</summary>
    /// <exception cref="CryptographicException">There is none.</exception>
    public static X509Certificate2Collection LoadTrusted(Secret secret)
    {
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPem(Encoding.UTF8.GetString(Content(secret)));
        return trusted.Count > 0 ? trusted : throw new CryptographicException("it holds no certificate in PEM form");
    }

    /// <returns>Why the trusted certificates cannot be used; null when they can.</returns>
    public static string? TrustedProblem(Secret secret)
    {
        try
        {
            LoadTrusted(secret);
            return null;
        }
        catch (CryptographicException e)
        {
            return $"the secret \"{secret.Name}\" cannot be used: {e.Message}";
        }
    }

    public void Dispose()
    {
        Key.Dispose();
        foreach (var certificate in _all)
        {
            certificate.Dispose();
        }
    }

    private static byte[] Content(Secret secret)
    {
        var value = secret.Reveal();
        if (!value.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(value);
        }

        try
        {
            return File.ReadAllBytes(value[FilePrefix.Length..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CryptographicException($"its file cannot be read ({e.GetType().Name})");
        }
    }

    private static bool IsPem(ReadOnlySpan<byte> content) => content.IndexOf("-----BEGIN "u8) >= 0;

    private static X509Certificate2Collection FromPem(string pem, Secret? password)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        if (all.Count == 0)
        {
            throw new CryptographicException("it holds no certificate");
        }

        using var key = RSA.Create();
        if (password is null)
        {
            ImportKey(() => key.ImportFromPem(pem));
        }
        else
        {
            ImportKey(() => key.ImportFromEncryptedPem(pem, password.Reveal()));
        }

        var own = all.FirstOrDefault(each => IsOf(each, key)) ?? throw new CryptographicException("its key belongs to none of its certificates");
        all[all.IndexOf(own)] = own.CopyWithPrivateKey(key);
        return all;
    }

    private static void ImportKey(Action import)
    {
        try
        {
            import();
        }
        catch (ArgumentException)
        {
            throw new CryptographicException("it holds no private RSA key, or one that needs another password");
        }
    }

    private static bool IsOf(X509Certificate2 certificate, RSA key)
    {
        using var other = certificate.GetRSAPublicKey();
        return other is not null && other.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());
    }

    private static X509Certificate2Collection FromPkcs12(byte[] content, Secret? password)
    {
        try
        {
            var binary = content is [0x30, ..] ? content : Convert.FromBase64String(Encoding.UTF8.GetString(content));
            return X509CertificateLoader.LoadPkcs12Collection(binary, password?.Reveal(), X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (FormatException)
        {
            throw new CryptographicException("it is neither PEM nor a PKCS#12 in Base64");
        }
        catch (CryptographicException)
        {
            throw new CryptographicException("it is no PKCS#12 that opens with this password");
        }
    }
}
