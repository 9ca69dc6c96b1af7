using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Protocols.OpenPgp;

/// <summary>Whom files are encrypted for and who signs them.</summary>
public sealed record OpenPgpSettings
{
    [Description("The receiver's public key, armored.")]
    public required Secret ReceiverKey { get; init; }

    [Description("Our own private key for signatures, armored.")]
    public required Secret SigningKey { get; init; }

    [Description("Passphrase of the signing key, when it has one.")]
    public Secret? Passphrase { get; init; }

    [RegularExpression("^\\.[a-z0-9]{1,10}$", ErrorMessage = "must be a dot and 1 to 10 letters and digits")]
    [Description("What the name of an encrypted file ends in.")]
    public string Ending { get; init; } = ".pgp";

    internal IEnumerable<(string Key, string Cause)> UnusableSecrets()
    {
        if (OpenPgpKeys.FindReceiver(this).Problem is { } receiver)
        {
            yield return ("receiverKey", $"the secret \"{ReceiverKey.Name}\" {receiver}");
        }

        if (OpenPgpKeys.FindSigner(this).Problem is { } signer)
        {
            yield return ("signingKey", $"the secret \"{SigningKey.Name}\" {signer}");
        }
    }
}
