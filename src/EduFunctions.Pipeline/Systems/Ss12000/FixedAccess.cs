using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What the register's owner handed out is shown as it is: a bearer token, a key, or the certificate of the connection.</summary>
internal sealed class FixedAccess : IAccess
{
    private readonly Credential? _credential;

    private FixedAccess(Credential? credential, string caller, string name) =>
        (_credential, Caller, Refused) = (credential, caller, ($"the {caller}", $"Put one that is good today in the secret \"{name}\", then run again."));

    public string Caller { get; }

    public (string What, string Advice) Refused { get; }

    public static FixedAccess Bearer(Secret token) =>
        new(new Credential("Authorization", $"Bearer {token.Reveal()}"), $"bearer token in the secret \"{token.Name}\"", token.Name);

    public static FixedAccess Key(string header, Secret key) =>
        new(new Credential(header, key.Reveal()), $"key in the secret \"{key.Name}\" (header {header})", key.Name);

    public static FixedAccess Certificate(Secret certificate) => new(null, $"certificate in the secret \"{certificate.Name}\"", certificate.Name);

    public ValueTask<Credential?> GetAsync(Credential? refused, CancellationToken ct) => ValueTask.FromResult(_credential);

    public void Dispose()
    {
    }
}
