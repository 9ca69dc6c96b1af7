using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Pipeline.Systems.Unilogin;

/// <summary>What became of asking for a call.</summary>
/// <param name="IsTaken">Whether the call may be made; it counts from now on, made or not.</param>
/// <param name="Ledger">What is known of the institution's calls.</param>
public sealed record Allowance(bool IsTaken, CallLedger Ledger);

/// <summary>
/// The calls that an institution has left, whoever makes them: one blob per service and institution, not per tenant, changed only on the
/// condition that nobody else has changed it. A call is counted before it is made, so that no crash makes it free.
/// </summary>
public sealed class CallBudget(BlobStorage blobs)
{
    /// <summary>What the service's rules of use allow per institution and day.</summary>
    public const int MostPerDay = 4;

    private static readonly string[] ProductionHosts = ["brugerdatabasen.stil.dk", "wsieksport.unilogin.dk"];

    /// <summary>The calls that still count, without taking one.</summary>
    public async Task<CallLedger> ReadAsync(Uri endpoint, string institution, CancellationToken ct)
    {
        var name = Name(endpoint, institution);
        return Parse(await blobs.ReadAsync(Containers.State, name, ct), name);
    }

    /// <param name="most">Calls that may be used up, this one included.</param>
    /// <param name="mostOfRun">Of these, calls of this run.</param>
    public async Task<Allowance> TryTakeAsync(
        Uri endpoint, string institution, PullCall call, int most, int mostOfRun, CancellationToken ct)
    {
        var name = Name(endpoint, institution);
        for (var tries = new WriteTries(Containers.State, name); ; await tries.NextAsync(ct))
        {
            var stored = await blobs.ReadAsync(Containers.State, name, ct);
            var ledger = Parse(stored, name);

            // A write whose answer was lost has counted all the same.
            if (ledger.Calls.Any(earlier => earlier.Id == call.Id))
            {
                return new Allowance(true, ledger);
            }

            if (ledger.Used(call.At) >= Math.Min(most, MostPerDay) || ledger.OfRun(call.Tenant, call.Run) >= mostOfRun)
            {
                return new Allowance(false, ledger);
            }

            var next = ledger.With(call);
            if (await blobs.TryWriteAsync(Containers.State, name, JsonSerializer.SerializeToUtf8Bytes(next, Serialization.Indented), stored?.Tag, ct))
            {
                return new Allowance(true, next);
            }
        }
    }

    /// <summary>Both versions of the real service are one service; every other address is one of its own.</summary>
    private static string Name(Uri endpoint, string institution)
    {
        var host = endpoint.IdnHost.TrimEnd('.').ToLowerInvariant();
        var service = ProductionHosts.Contains(host) ? "unilogin" : $"{host}-{endpoint.Port}";

        // No tenant can be called so.
        return $"_calls/{service}/{institution.ToLowerInvariant()}.json";
    }

    [Told]
    private static CallLedger Parse(StoredBlob? stored, string name) => stored is null
        ? new CallLedger([])
        : StoredJson.TryParse<CallLedger>(stored.Content) ?? throw new RunHeldException(
            $"The record of today's calls, {Containers.State}/{name}, cannot be read, so no call is made. Delete it when the institution was called less than "
            + $"{MostPerDay} times in the last 24 hours, then run again.");
}
