using System.Text;
using EduFunctions.Pipeline.Contracts;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace EduFunctions.Pipeline.Protocols.OpenPgp;

/// <summary>Finds the keys that are meant for encrypting and for signing. An owner says of each what it is for; subkeys come before the main one.</summary>
internal static class OpenPgpKeys
{
    /// <summary>Null when there is none.</summary>
    public static PgpPublicKey? FindReceiver(OpenPgpSettings settings) => Read(settings.ReceiverKey, input => new PgpPublicKeyRingBundle(input)
        .GetKeyRings().SelectMany(ring => ring.GetPublicKeys())
        .Where(key => key.IsEncryptionKey && IsGood(key) && IsFor(key, PgpKeyFlags.CanEncryptCommunications | PgpKeyFlags.CanEncryptStorage))
        .OrderBy(key => key.IsMasterKey).FirstOrDefault());

    /// <summary>Null when there is none that opens.</summary>
    public static (PgpPublicKey Public, PgpPrivateKey Private)? FindSigner(OpenPgpSettings settings) => Read(settings.SigningKey, input =>
    {
        var key = new PgpSecretKeyRingBundle(input).GetKeyRings().SelectMany(ring => ring.GetSecretKeys())
            .Where(key => key.IsSigningKey && !key.IsPrivateKeyEmpty && IsGood(key.PublicKey) && IsFor(key.PublicKey, PgpKeyFlags.CanSign))
            .OrderBy(key => key.IsMasterKey).FirstOrDefault();
        return key?.ExtractPrivateKeyUtf8((settings.Passphrase?.Reveal() ?? "").ToCharArray()) is { } opened
            ? (key.PublicKey, opened)
            : ((PgpPublicKey Public, PgpPrivateKey Private)?)null;
    });

    private static bool IsGood(PgpPublicKey key)
    {
        var seconds = key.GetValidSeconds();
        return !key.HasRevocation() && (seconds == 0 || key.CreationTime.AddSeconds(seconds) > DateTime.UtcNow);
    }

    private static bool IsFor(PgpPublicKey key, int use)
    {
        var flags = key.GetSignatures().Select(signature => signature.GetHashedSubPackets()?.GetKeyFlags() ?? 0).Aggregate(0, (all, next) => all | next);
        return flags == 0 || (flags & use) != 0;
    }

    /// <summary>The default for a text that holds no such key.</summary>
    private static T? Read<T>(Secret secret, Func<Stream, T> read)
    {
        try
        {
            using var input = PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.UTF8.GetBytes(secret.Reveal())));
            return read(input);
        }
        catch (Exception e) when (e is PgpException or IOException or ArgumentException or InvalidOperationException)
        {
            return default;
        }
    }
}
