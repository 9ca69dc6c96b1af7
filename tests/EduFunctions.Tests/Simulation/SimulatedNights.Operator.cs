using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Tests.Simulation;

/// <summary>What an operator does, and asks, once nothing goes wrong any more.</summary>
internal sealed partial class SimulatedNights
{
    private void Approve()
    {
        foreach (var path in World.Account.Blobs("runs/").Select(blob => blob.Key))
        {
            if ((string?)JsonNode.Parse(World.Account.Find(path)!.Content)!["state"] == "held" && path.Split('/', '.') is [_, var tenant, var run, _])
            {
                var answer = Ask(host => host.Approvals.ApproveAllAsync(tenant, run, new Asker("olle"), CancellationToken.None));
                Note($"approved {path}: {answer.Refusal}");
                Send(new SimulatedMessage("", "", World.Time.Now, 0), answer.Next);
            }
        }

        Carry();
    }

    /// <summary>What an operator does whose storage was put back, which knows less than the targets have (docs/operations.md).</summary>
    private void SendAgain()
    {
        foreach (var tenant in World.Tenants)
        {
            var newest = World.Account.Blobs($"runs/{tenant}/").Select(blob => JsonNode.Parse(blob.Value.Content)!).MaxBy(run => (int)run["number"]!)!;
            var request = new RunRequest
            {
                Trigger = RunTrigger.OnDemand,
                Date = DateOnly.Parse((string)newest["date"]!, CultureInfo.InvariantCulture),
                Resends = (string)newest["run"]!,
                Force = true,
                By = "olle",
            };
            Send(new SimulatedMessage("", "", World.Time.Now, 0), Ask(host => host.Pipeline.StartAsync(tenant, request, CancellationToken.None)).Next);
        }

        Carry();
    }

    /// <summary>What is changed in the sealed record.</summary>
    public IReadOnlyList<string> Verify(string tenant) =>
        Ask(host => host.Verification.RunAsync(tenant, new PrivacySettings(), head: null, CancellationToken.None)).Problems;

    /// <summary>When nothing goes wrong any more and nobody else does anything.</summary>
    private T Ask<T>(Func<SimulatedHost, Task<T>> question)
    {
        var answer = Task.Run(() => question(_hosts[0]));
        World.Gate.Settle();
        while (!answer.IsCompleted)
        {
            var parked = World.Gate.Waiting()[0];
            World.Gate.Take(parked);
            parked.Perform(null);
            World.Gate.Settle();
        }

        return answer.GetAwaiter().GetResult();
    }
}
