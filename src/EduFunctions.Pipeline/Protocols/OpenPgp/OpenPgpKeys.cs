using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace EduFunctions.Pipeline.Protocols.OpenPgp;

/// <summary>A key for a use, or why there is none.</summary>
internal sealed record FoundKey<T>(T? Key, string? Problem)
    where T : class;

/// <summary>A key that signs, opened.</summary>
internal sealed record SigningKey(PgpPublicKey Public, PgpPrivateKey Private);

/// <summary>
/// Finds the keys that are meant for encrypting and for signing. An owner says of each what it is for; subkeys come before the main one, the newest
/// first, and none is good whose main one is not.
/// </summary>
[Told]
internal static class OpenPgpKeys
{
    /// <summary>Of keys that rest on factors or logarithms: fewer can be broken.</summary>
    private const int FewestBits = 2048;

    /// <summary>As far as clocks may differ.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public static FoundKey<PgpPublicKey> FindReceiver(OpenPgpSettings settings) => Read(settings.ReceiverKey, "is no armored OpenPGP public key for encrypting", input =>
        new PgpPublicKeyRingBundle(input).GetKeyRings()
            .SelectMany(ring => ring.GetPublicKeys().Select(key => (Main: ring.GetPublicKey(), Key: key)))
            .Where(each => each.Key.IsEncryptionKey && IsFor(each.Key, PgpKeyFlags.CanEncryptCommunications | PgpKeyFlags.CanEncryptStorage))
            .Select(each => (each.Main, each.Key, Of: each.Key)));

    public static FoundKey<SigningKey> FindSigner(OpenPgpSettings settings)
    {
        var found = Read(settings.SigningKey, "is no armored OpenPGP private key for signing", input =>
            new PgpSecretKeyRingBundle(input).GetKeyRings()
                .SelectMany(ring => ring.GetSecretKeys().Select(key => (Main: ring.GetPublicKey(), Key: key.PublicKey, Of: key)))
                .Where(each => each.Of.IsSigningKey && !each.Of.IsPrivateKeyEmpty && IsFor(each.Key, PgpKeyFlags.CanSign)));
        return found.Key is not { } secret ? new FoundKey<SigningKey>(null, found.Problem)
            : Open(secret, settings.Passphrase) is { } opened ? new FoundKey<SigningKey>(new SigningKey(secret.PublicKey, opened), null)
            : new FoundKey<SigningKey>(null, "is not opened by openPgp.passphrase");
    }

    private static FoundKey<T> Read<T>(Secret secret, string ifNone, Func<Stream, IEnumerable<(PgpPublicKey Main, PgpPublicKey Key, T Of)>> read)
        where T : class
    {
        try
        {
            using var input = PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.UTF8.GetBytes(secret.Reveal())));
            var keys = read(input).OrderBy(each => each.Key.IsMasterKey).ThenByDescending(each => each.Key.CreationTime).ToList();
            var good = keys.FirstOrDefault(each => (ProblemOf(each.Main) ?? ProblemOf(each.Key)) is null);
            return good.Of is { } key ? new FoundKey<T>(key, null)
                : new FoundKey<T>(null, keys.Count == 0 ? ifNone : ProblemOf(keys[0].Main) ?? ProblemOf(keys[0].Key));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Of bytes that are no key, or one of a version to come, the library throws whatever it stumbles over.
            return new FoundKey<T>(null, ifNone);
        }
    }

    private static PgpPrivateKey? Open(PgpSecretKey key, Secret? passphrase)
    {
        try
        {
            return key.ExtractPrivateKeyUtf8((passphrase?.Reveal() ?? "").ToCharArray());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Null for a key that is good today.</summary>
    private static string? ProblemOf(PgpPublicKey key)
    {
        var seconds = key.GetValidSeconds();
        return key.HasRevocation() ? $"holds the key {key.KeyId:X16}, which is revoked"
            : seconds != 0 && key.CreationTime.AddSeconds(seconds) <= DateTime.UtcNow ? $"holds the key {key.KeyId:X16}, which has expired"
            : key.CreationTime > DateTime.UtcNow + Ahead ? $"holds the key {key.KeyId:X16}, which was made on a day to come: until then nobody takes a signature of it for good"
            : IsWeak(key) ? $"holds the key {key.KeyId:X16} of {key.BitStrength} bits, and {FewestBits} are the fewest that count as safe"
            : null;
    }

    private static bool IsWeak(PgpPublicKey key) => key.BitStrength < FewestBits && key.Algorithm is PublicKeyAlgorithmTag.RsaGeneral
        or PublicKeyAlgorithmTag.RsaEncrypt or PublicKeyAlgorithmTag.RsaSign or PublicKeyAlgorithmTag.Dsa or PublicKeyAlgorithmTag.ElGamalEncrypt
        or PublicKeyAlgorithmTag.ElGamalGeneral;

    private static bool IsFor(PgpPublicKey key, int use)
    {
        var flags = key.GetSignatures().Select(signature => signature.GetHashedSubPackets()?.GetKeyFlags() ?? 0).Aggregate(0, (all, next) => all | next);
        return flags == 0 || (flags & use) != 0;
    }
}
