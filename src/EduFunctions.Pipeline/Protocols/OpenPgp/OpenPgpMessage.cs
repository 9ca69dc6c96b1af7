using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Security;

namespace EduFunctions.Pipeline.Protocols.OpenPgp;

/// <summary>Files signed by us and encrypted for their receiver (RFC 9580), as a binary message with integrity protection.</summary>
internal sealed class OpenPgpMessage(OpenPgpSettings settings)
{
    private const int BlockSize = 1 << 16;

    private readonly PgpPublicKey _receiver = Usable(OpenPgpKeys.FindReceiver(settings), settings.ReceiverKey);
    private readonly SigningKey _signer = Usable(OpenPgpKeys.FindSigner(settings), settings.SigningKey);

    /// <param name="name">What the receiver calls the file after decrypting.</param>
    public void Write(string name, Stream plain, Stream encrypted)
    {
        var encryption = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true, new SecureRandom());
        encryption.AddMethod(_receiver);
        using var message = encryption.Open(encrypted, new byte[BlockSize]);
        var signature = new PgpSignatureGenerator(_signer.Public.Algorithm, HashFor(_signer.Public));
        signature.InitSign(PgpSignature.BinaryDocument, _signer.Private);
        signature.GenerateOnePassVersion(isNested: false).Encode(message);
        using (var literal = new PgpLiteralDataGenerator().Open(message, PgpLiteralData.Binary, name, DateTime.UnixEpoch, new byte[BlockSize]))
        {
            var block = new byte[BlockSize];
            for (int read; (read = plain.Read(block)) > 0;)
            {
                literal.Write(block, 0, read);
                signature.Update(block, 0, read);
            }
        }

        signature.Generate().Encode(message);
    }

    /// <summary>A curve wants a hash as long as its own numbers: readers refuse a signature over a shorter one.</summary>
    private static HashAlgorithmTag HashFor(PgpPublicKey key) => key.Algorithm != PublicKeyAlgorithmTag.ECDsa ? HashAlgorithmTag.Sha256 : key.BitStrength switch
    {
        <= 256 => HashAlgorithmTag.Sha256,
        <= 384 => HashAlgorithmTag.Sha384,
        _ => HashAlgorithmTag.Sha512,
    };

    [Told]
    private static T Usable<T>(FoundKey<T> found, Secret secret)
        where T : class =>
        found.Key ?? throw new DeliveryRefusedException($"The secret \"{secret.Name}\" {found.Problem}. Check it, and delivery.openPgp.");
}
