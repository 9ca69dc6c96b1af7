using Azure;
using Azure.Security.KeyVault.Secrets;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>Secrets in Azure Key Vault, read with the app's managed identity.</summary>
public sealed class KeyVaultSecrets(SecretClient vault) : ISecrets
{
    public async Task<string?> FindAsync(string name, CancellationToken ct)
    {
        try
        {
            return (await vault.GetSecretAsync(name, cancellationToken: ct)).Value.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    [Told]
    public string Remedy(string name) => $"add the secret \"{name}\" to the key vault {vault.VaultUri.Host}";
}
