using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Verifying;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Sealing;

/// <summary>Whatever is changed or taken away of a tenant's record is found.</summary>
[Collection(AzuriteTests.Name)]
public sealed class VerificationTests(AzuriteFixture azurite)
{
    private const int RetentionDays = 30;

    [Fact]
    public async Task Three_nights_are_proven_whole()
    {
        var (tenant, runs) = await ThreeNightsAsync();

        var result = await VerifyAsync(tenant);

        Assert.Empty(result.Problems);
        Assert.Empty(result.Purged);
        // Three a night, and in the first the memory of the protected.
        Assert.Equal(10, result.Entries);

        // Manifest, plan, receipt and zip of each, and its pages.
        Assert.True(result.Checked > runs.Count * 4);
    }

    [Theory]
    [InlineData("snapshots", "manifest.json")]
    [InlineData("snapshots", "persons/000000.json.gz")]
    [InlineData("feeds", "apple/receipt.json")]
    [InlineData("feeds", "apple/asm.zip")]
    public async Task What_was_changed_or_removed_is_named(string container, string name)
    {
        var (tenant, runs) = await ThreeNightsAsync();
        var blob = Blob(container, $"{tenant}/{runs[1]}/{name}");
        var content = (await blob.DownloadContentAsync()).Value.Content.ToArray();
        content[^3]++;

        await blob.UploadAsync(new BinaryData(content), overwrite: true);
        var changed = await VerifyAsync(tenant);
        await blob.DeleteAsync();
        var removed = await VerifyAsync(tenant);

        Assert.Equal([$"{container}/{tenant}/{runs[1]}/{name} was changed."], changed.Problems);
        Assert.Equal([$"{container}/{tenant}/{runs[1]}/{name} is gone."], removed.Problems);
    }

    /// <summary>What else was changed is told all the same.</summary>
    [Fact]
    public async Task A_record_that_cannot_be_read_is_named_beside_the_rest()
    {
        var (tenant, runs) = await ThreeNightsAsync();
        var record = Blob("runs", $"{tenant}/{runs[1]}.json");
        var content = (await record.DownloadContentAsync()).Value.Content.ToArray();
        await record.UploadAsync(new BinaryData(content[..(content.Length / 2)]), overwrite: true);
        await Blob("feeds", $"{tenant}/{runs[0]}/apple/asm.zip").DeleteAsync();

        var problems = (await VerifyAsync(tenant)).Problems;

        Assert.Equal(2, problems.Count);
        Assert.StartsWith($"The blob runs/{tenant}/{runs[1]}.json cannot be read", problems[0]);
        Assert.Equal($"feeds/{tenant}/{runs[0]}/apple/asm.zip is gone.", problems[1]);
    }

    [Fact]
    public async Task A_run_that_is_taken_away_is_missed()
    {
        var (tenant, runs) = await ThreeNightsAsync();

        await Blob("runs", $"{tenant}/{runs[1]}.json").DeleteAsync();

        Assert.Equal([$"The record of run {runs[1]} is gone."], (await VerifyAsync(tenant)).Problems);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_chain_that_is_cut_shows_it(int kept)
    {
        var (tenant, _) = await ThreeNightsAsync();

        await EditChainAsync(tenant, lines => lines[..kept]);

        Assert.Contains((await VerifyAsync(tenant)).Problems, problem => problem.EndsWith($"of which {kept} are left.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chain_that_lost_its_middle_or_was_written_anew_shows_it()
    {
        var (tenant, _) = await ThreeNightsAsync();
        var whole = await EditChainAsync(tenant, lines => [.. lines[..2], .. lines[3..]]);
        var middle = await VerifyAsync(tenant);

        await EditChainAsync(tenant, _ => Rewritten(whole));
        var rewritten = await VerifyAsync(tenant);

        Assert.Contains("Entry 3 of the chain does not follow on the one before.", middle.Problems);
        Assert.DoesNotContain(rewritten.Problems, problem => problem.Contains("does not follow"));
        Assert.Contains(rewritten.Problems, problem => problem.Contains("saw another entry"));
    }

    [Fact]
    public async Task A_night_without_a_trace_is_missed_by_who_kept_the_head()
    {
        var (tenant, runs) = await ThreeNightsAsync();
        var head = (await VerifyAsync(tenant)).Head;
        await EditChainAsync(tenant, lines => lines[..7]);
        foreach (var container in new[] { "runs", "snapshots", "rosters", "feeds" })
        {
            await foreach (var blob in azurite.Blobs.ListAsync(container, $"{tenant}/{runs[2]}", CancellationToken.None))
            {
                await Blob(container, blob.Name).DeleteAsync();
            }
        }

        var without = await VerifyAsync(tenant);
        var with = await VerifyAsync(tenant, head: head);

        Assert.Empty(without.Problems);
        Assert.Equal([$"No entry of the chain has the hash {head}."], with.Problems);
    }

    [Fact]
    public async Task What_retention_took_is_told_and_no_problem()
    {
        var (tenant, runs) = await ThreeNightsAsync();
        foreach (var (container, folder) in new[] { ("snapshots", $"{tenant}/{runs[0]}/"), ("feeds", $"{tenant}/{runs[0]}/apple/asm.zip") })
        {
            await foreach (var blob in azurite.Blobs.ListAsync(container, folder, CancellationToken.None))
            {
                await Blob(container, blob.Name).DeleteAsync();
            }
        }

        var later = await VerifyAsync(tenant, afterDays: RetentionDays + 1);
        var tooSoon = await VerifyAsync(tenant, afterDays: RetentionDays - 1);

        Assert.Empty(later.Problems);
        Assert.Equal([$"feeds/{tenant}/{runs[0]}", $"snapshots/{tenant}/{runs[0]}"], later.Purged);
        Assert.Equal(2, tooSoon.Problems.Count);
    }

    [Fact]
    public async Task A_stage_that_runs_twice_seals_once_and_two_feeds_share_one_chain()
    {
        var night = azurite.Night(School());
        night.AddFeed("second");

        var result = await night.RunAsync(async (pipeline, started) =>
        {
            var extract = Assert.Single(started.Next.Extract);
            await pipeline.ExtractAsync(extract, CancellationToken.None);
            var transform = await pipeline.ExtractAsync(extract, CancellationToken.None);
            var export = await pipeline.TransformAsync(transform.Transform.Single(), CancellationToken.None);
            await Task.WhenAll(export.Export.Select(message => pipeline.ExportAsync(message, CancellationToken.None)));
            await Task.WhenAll(export.Export.Select(message => pipeline.ExportAsync(message, CancellationToken.None)));
        });

        var verified = await VerifyAsync(result.Run.Tenant);
        Assert.Equal(RunState.Delivered, result.Run.State);
        Assert.Equal(6, verified.Entries);
        Assert.Equal(6, result.Run.Seal!.Sequence);
        Assert.Empty(verified.Problems);
    }

    [Fact]
    public async Task The_command_ends_with_0_or_1()
    {
        await using var town = await Town.StartAsync(azurite, School().Data);
        await town.PassAsync();
        var good = await town.CommandAsync("verify", "--tenant", town.Id);

        await EditChainAsync(town.Id, lines => lines[..1]);
        var bad = await town.CommandAsync("verify", "--tenant", town.Id);
        var unknown = await town.CommandAsync("verify", "--tenant", "nobody");

        Assert.Equal((0, 1, 2), (good.ExitCode, bad.ExitCode, unknown.ExitCode));
        Assert.Contains("of which 1 are left", bad.Output);
    }

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Student("alva", "north");
        return school;
    }

    private async Task<(string Tenant, IReadOnlyList<string> Runs)> ThreeNightsAsync()
    {
        var school = School();
        var first = await azurite.Night(school).RunAsync();
        school.Student("bo", "north");
        var second = await azurite.Night(school).As(first.Run.Tenant).RunAsync();
        var third = await azurite.Night(school).As(first.Run.Tenant).Dry().RunAsync();
        return (first.Run.Tenant, [first.Run.Run, second.Run.Run, third.Run.Run]);
    }

    private Task<VerificationResult> VerifyAsync(string tenant, string? head = null, int afterDays = 0)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(afterDays));
        var verification = new Verification(azurite.Blobs, new Seals(azurite.Blobs), new RunStore(azurite.Blobs, new Discretion(), time), time);
        return verification.RunAsync(tenant, new PrivacySettings { SnapshotRetentionDays = RetentionDays, RosterRetentionDays = RetentionDays }, head, CancellationToken.None);
    }

    /// <returns>The lines as they were.</returns>
    private async Task<string[]> EditChainAsync(string tenant, Func<string[], string[]> edit)
    {
        var blob = Blob("state", $"{tenant}/seal.jsonl");
        var lines = (await blob.DownloadContentAsync()).Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await blob.UploadAsync(new BinaryData(string.Concat(edit(lines).Select(line => $"{line}\n"))), overwrite: true);
        return lines;
    }

    /// <summary>A chain in itself, of the same records, that leaves the first out.</summary>
    private static string[] Rewritten(string[] lines)
    {
        var chain = new SealChain([]);
        foreach (var entry in new SealChain(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines[1..]))).Entries)
        {
            chain = chain.With(entry.Blob, entry.Sha256);
        }

        return System.Text.Encoding.UTF8.GetString(chain.ToBytes()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private BlobClient Blob(string container, string name) =>
        new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(container).GetBlobClient(name);
}
