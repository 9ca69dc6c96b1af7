using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What the register's owner handed out is shown as it is: a bearer token, a key, or the certificate of the connection.</summary>
internal sealed class FixedAccess : IAccess
{
    private readonly Credential? _credential;

    private FixedAccess(Credential? credential, (string Caller, string What) name, Secret secret) =>
        (_credential, Caller, Refused) = (credential, name.Caller, (name.What, Renewal(secret)));

    public string Caller { get; }

    public (string What, string Advice) Refused { get; }

    public static FixedAccess Bearer(Secret token) =>
        new(new Credential("Authorization", $"Bearer {token.Reveal()}"), NameOfToken(token), token);

    public static FixedAccess Key(string header, Secret key) =>
        new(new Credential(header, key.Reveal()), NameOfKey(header, key), key);

    public static FixedAccess Certificate(Secret certificate) => new(null, NameOfCertificate(certificate), certificate);

    public ValueTask<Credential?> GetAsync(Credential? refused, CancellationToken ct) => ValueTask.FromResult(_credential);

    public void Dispose()
    {
    }

    [Told]
    private static string Renewal(Secret secret) => $"Put one that is good today in the secret \"{secret.Name}\", then run again.";

    [Told]
    private static (string Caller, string What) NameOfToken(Secret token) =>
        ($"bearer token in the secret \"{token.Name}\"", $"the bearer token in the secret \"{token.Name}\"");

    [Told]
    private static (string Caller, string What) NameOfKey(string header, Secret key) =>
        ($"key in the secret \"{key.Name}\" (header {header})", $"the key in the secret \"{key.Name}\" (header {header})");

    [Told]
    private static (string Caller, string What) NameOfCertificate(Secret certificate) =>
        ($"certificate in the secret \"{certificate.Name}\"", $"the certificate in the secret \"{certificate.Name}\"");
}
