using EduFunctions.Pipeline.Contracts;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Security;

namespace EduFunctions.Pipeline.Protocols.OpenPgp;

/// <summary>Files signed by us and encrypted for their receiver (RFC 9580), as a binary message with integrity protection.</summary>
internal sealed class OpenPgpMessage(OpenPgpSettings settings)
{
    private const int BlockSize = 1 << 16;

    private readonly PgpPublicKey _receiver = OpenPgpKeys.FindReceiver(settings) ?? throw Unusable(settings.ReceiverKey.Name);
    private readonly (PgpPublicKey Public, PgpPrivateKey Private) _signer = OpenPgpKeys.FindSigner(settings) ?? throw Unusable(settings.SigningKey.Name);

    /// <param name="name">What the receiver calls the file after decrypting.</param>
    public void Write(string name, Stream plain, Stream encrypted)
    {
        var encryption = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true, new SecureRandom());
        encryption.AddMethod(_receiver);
        using var message = encryption.Open(encrypted, new byte[BlockSize]);
        var signature = new PgpSignatureGenerator(_signer.Public.Algorithm, HashAlgorithmTag.Sha256);
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

    private static DeliveryRefusedException Unusable(string secret) =>
        new($"The secret \"{secret}\" holds no OpenPGP key that can be used for this. Check it, and delivery.openPgp.passphrase.");
}
