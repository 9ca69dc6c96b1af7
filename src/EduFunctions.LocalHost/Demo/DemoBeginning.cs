using System.Text;
using Azure;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Each demo begins anew: its servers are new ones, and know nothing of what an earlier demo has delivered.</summary>
internal static class DemoBeginning
{
    /// <summary>What the secrets of the demo's tenant files are called, and of nobody else's.</summary>
    private const string OfTheDemo = "\"demo-";

    private const int Leased = 412;

    /// <summary>Takes away what is stored of the demo's tenants.</summary>
    /// <exception cref="CommandException">One of them is somebody's own.</exception>
    public static async Task ForgetAsync(BlobStorage blobs, IReadOnlyList<string> tenants, CancellationToken ct)
    {
        foreach (var tenant in tenants)
        {
            if (await blobs.ReadAsync(Containers.Tenants, $"{tenant}.json", ct) is not { } stored)
            {
                continue;
            }

            if (!Encoding.UTF8.GetString(stored.Content).Contains(OfTheDemo, StringComparison.Ordinal))
            {
                throw new CommandException(
                    ExitCodes.BadConfiguration, $"The storage has a tenant {tenant} that is not the demo's. Give the demo another storage by --storage, or run it in another folder.");
            }

            await Task.WhenAll(Containers.All.Where(container => container != Containers.Tenants).Select(container => DeleteAsync(blobs, container, $"{tenant}/", ct)));
        }
    }

    private static async Task DeleteAsync(BlobStorage blobs, string container, string prefix, CancellationToken ct)
    {
        await foreach (var blob in blobs.ListAsync(container, prefix, ct))
        {
            try
            {
                await blobs.DeleteAsync(container, blob.Name, ct);
            }
            catch (RequestFailedException e) when (e.Status == Leased)
            {
                // A lock of a demo that was killed a moment ago; it holds nothing and runs out by itself.
            }
        }
    }
}
