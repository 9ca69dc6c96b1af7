using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Nights with all three kinds of feeds in a storage of which something is lost or damaged between them.</summary>
internal sealed class LossyNights : IAsyncDisposable
{
    public const string Apple = "apple";
    public const string Learn = "learn";
    public const string Unikum = "unikumrelations";

    private readonly InMemoryGround _ground;

    private LossyNights(InMemoryGround ground, TargetNights targets) => (_ground, Targets) = (ground, targets);

    public TargetNights Targets { get; }

    public string Tenant => Targets.Tenant;

    /// <summary>Who leaves is held by no limit.</summary>
    public static async Task<LossyNights> StartAsync(InMemoryGround ground)
    {
        var targets = await TargetNights.StartAsync(ground);
        targets.Overrides["guard"] = JsonNode.Parse("""{"maxRemovedPercent":100,"maxChangedPercent":100,"maxAddedPercent":100,"maxRekeyedPercent":100}""");
        return new LossyNights(ground, targets);
    }

    public ValueTask DisposeAsync() => Targets.DisposeAsync();

    public async Task<RunRecord> NextAsync(SchoolBuilder school, bool acceptsShrink = true) => (await Targets.RunAsync(Targets.Next(school.Data, acceptsShrink))).Night.Run;

    /// <summary>A night that came to its end everywhere.</summary>
    public async Task<RunRecord> DeliverAsync(SchoolBuilder school)
    {
        var run = await NextAsync(school);
        Assert.True(run.State == RunState.Delivered, $"{run.State}: {run.StateReason}");
        return run;
    }

    public SortedDictionary<string, InMemoryBlob> Save() => _ground.Account.Copy();

    /// <summary>Puts containers back as they were, or empties them.</summary>
    /// <param name="then">Null for nothing.</param>
    public void PutBack(string containers, SortedDictionary<string, InMemoryBlob>? then)
    {
        foreach (var container in containers.Split(' '))
        {
            var prefix = $"{container}/{Tenant}/";
            foreach (var (name, _) in _ground.Account.Blobs(prefix))
            {
                _ground.Account.Delete(name);
            }

            foreach (var (name, blob) in then?.Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal)) ?? [])
            {
                _ground.Account.TryWrite(name, blob.Content, blob.Metadata, null, false);
            }
        }
    }

    /// <param name="mishap">"gone", "cut", or which part in hundred of it has a flipped bit.</param>
    public void Damage(string blob, string mishap)
    {
        var stored = _ground.Account.Find(blob) ?? throw new InvalidOperationException($"There is no {blob}.");
        _ground.Account.Delete(blob);
        if (mishap == "gone")
        {
            return;
        }

        byte[] content = mishap == "cut" ? stored.Content[..(stored.Content.Length / 2)] : [.. stored.Content];
        if (int.TryParse(mishap, out var percent))
        {
            content[content.Length * percent / 100] ^= 1;
        }

        _ground.Account.TryWrite(blob, content, stored.Metadata, null, false);
    }

    /// <summary>Puts a blob in the place of another.</summary>
    public void Exchange(string blob, string other)
    {
        var stored = _ground.Account.Find(other)!;
        _ground.Account.TryWrite(blob, stored.Content, stored.Metadata, null, false);
    }

    public string State(string feed, string file) => $"state/{Tenant}/feeds/{feed}/{file}";

    public bool Has(string blob) => _ground.Account.Find(blob) is not null;
}
