using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Verifying;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Records that the storage does not take, does not give, or has damaged: every run comes to its end, says why, and holds nobody off.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class RefusedRecordsTests : IDisposable
{
    private const string Tenant = "nordhamn";

    private readonly RefusingStorage _storage = new();
    private readonly InMemoryGround _ground;
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 30), ("dalen", 20));

    public RefusedRecordsTests() => _ground = new InMemoryGround(_storage.CarryAsync);

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("PUT feeds/nordhamn/", "/receipt.json", 403, "AuthorizationPermissionMismatch", "receipt.json")]
    [InlineData("PUT feeds/nordhamn/", "/receipt.json", 412, "ConditionNotMet", "receipt.json")]
    [InlineData("PUT feeds/nordhamn/", "/receipt.json", 409, "BlobImmutableDueToPolicy", "receipt.json")]
    [InlineData("PUT state/nordhamn/seal.jsonl", "", 412, "LeaseIdMissing", "state/nordhamn/seal.jsonl")]
    [InlineData("PUT state/nordhamn/run.turn lease", "acquire", 403, "AuthorizationPermissionMismatch", "state/nordhamn/run.turn")]
    [InlineData("PUT state/nordhamn/feeds/apple/delivered.json", "", 412, "LeaseIdMissing", "delivered.json")]
    public async Task A_run_ends_although_a_record_is_never_taken(string beginning, string ending, int status, string code, string told)
    {
        _storage.Refuse(beginning, ending, status, code);
        var failed = (await Night(_town).RunAsync()).Run;
        _storage.Refuses = _ => null;
        var next = (await Night(_town).RunAsync()).Run;

        Assert.Equal((RunState.Failed, 1), (failed.State, new SyncResult(failed, IsRefused: false).ExitCode));
        Assert.Contains(told, failed.StateReason);
        Assert.Contains($"{status} {code}", failed.StateReason);
        Assert.NotEqual(failed.Run, next.Run);
        Assert.True(next.State is RunState.Delivered or RunState.Held, $"{next.State} {next.StateReason}");
    }

    /// <summary>Not even that it failed can be noted: whoever asked is told, by line and exit code.</summary>
    [Fact]
    public async Task A_run_that_cannot_come_to_its_end_is_not_good()
    {
        var isExporting = false;
        _storage.Refuses = key =>
        {
            isExporting |= key.StartsWith("PUT feeds/", StringComparison.Ordinal);
            return isExporting && key.StartsWith($"PUT runs/{Tenant}/", StringComparison.Ordinal) ? (403, "AuthorizationPermissionMismatch") : null;
        };

        var run = (await Night(_town).RunAsync()).Run;

        Assert.Equal((RunState.Exporting, 1), (run.State, new SyncResult(run, IsRefused: false).ExitCode));
        Assert.Contains($"runs/{Tenant}/{run.Run}.json (403 AuthorizationPermissionMismatch)", run.StateReason);
        _storage.Refuses = _ => null;
        Assert.Equal(RunState.Delivered, (await Night(_town).Resuming().RunAsync()).Run.State);
        Assert.Equal(RunState.Delivered, (await new RunStore(_ground.Blobs, new Discretion(), TimeProvider.System).FindAsync(Tenant, run.Run, default))!.State);
    }

    /// <summary>What was sent beside what was held is no carrying out of the approval.</summary>
    [Theory]
    [InlineData(true, "plan.json cannot be read")]
    [InlineData(false, "The plan is gone")]
    public async Task An_approval_whose_plan_is_lost_leaves_the_run_held(bool isCut, string told)
    {
        var held = await HeldAsync();
        var plan = RosterPath.Plan(Tenant, held.Run, TenantJson.Feed);
        await (isCut ? CutAsync(Containers.Rosters, plan) : _ground.Blobs.DeleteAsync(Containers.Rosters, plan, default));

        var (approved, refusal) = await Night(Smaller).ApproveAllAsync(held.Run);
        var next = (await Night(Smaller).RunAsync()).Run;

        Assert.Null(refusal);
        Assert.Equal((RunState.Held, 3), (approved.Run.State, new SyncResult(approved.Run, IsRefused: false).ExitCode));
        Assert.Contains(told, approved.Run.StateReason);
        Assert.NotEmpty(Assert.Single(approved.Run.Feeds).Holds);
        Assert.Equal(RunState.Held, next.State);
        Assert.Equal(RunState.Delivered, (await Night(Smaller).ApproveAllAsync(next.Run)).Night.Run.State);
    }

    [Fact]
    public async Task A_plan_that_is_damaged_before_it_is_used_is_made_anew()
    {
        var run = (await Night(_town).RunAsync(async (pipeline, started) =>
        {
            var next = await pipeline.ExtractAsync(started.Next.Extract[0], default);
            next = await pipeline.TransformAsync(next.Transform[0], default);
            await CutAsync(Containers.Rosters, RosterPath.Plan(Tenant, started.Run.Run, TenantJson.Feed));
            await pipeline.ExportAsync(next.Export[0], default);
        })).Run;

        Assert.Equal(RunState.Delivered, run.State);
        Assert.NotNull(Assert.Single(run.Feeds).Plan);
    }

    [Fact]
    public async Task A_receipt_that_is_damaged_ends_its_feed_and_no_other()
    {
        var night = Night(_town);
        night.AddFeed("apple2");
        var run = (await night.RunAsync(async (pipeline, started) =>
        {
            var next = await pipeline.ExtractAsync(started.Next.Extract[0], default);
            next = await pipeline.TransformAsync(next.Transform[0], default);
            await _ground.Blobs.WriteAsync(Containers.Feeds, ReceiptStore.Name(Tenant, started.Run.Run, TenantJson.Feed), "{ \"ten"u8.ToArray(), default);
            foreach (var message in next.Export)
            {
                await pipeline.ExportAsync(message, default);
            }
        })).Run;

        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal([ReceiptState.Failed, ReceiptState.Sent], run.Feeds.Select(feed => feed.State));
        Assert.Contains("Feed apple: The blob feeds/nordhamn/", run.StateReason);
    }

    [Fact]
    public async Task A_message_for_a_run_that_only_its_marker_knows_takes_it_up()
    {
        var run = (await Night(_town).RunAsync(async (pipeline, started) =>
        {
            await _ground.Blobs.DeleteAsync(Containers.Runs, $"{Tenant}/{started.Run.Run}.json", default);
            var next = await pipeline.ExtractAsync(started.Next.Extract[0], default);
            Assert.Single(next.Transform);
        })).Run;

        Assert.Equal(RunState.Transforming, run.State);
    }

    /// <summary>What it failed by came before, but a try counts only of a host that goes on.</summary>
    [Fact]
    public async Task A_host_that_is_told_to_end_while_it_notes_what_has_failed_gives_the_message_back()
    {
        using var stopping = new CancellationTokenSource();
        await Night(_town).RunAsync(async (pipeline, started) =>
        {
            _storage.Refuses = key =>
            {
                if (key.StartsWith($"GET runs/{Tenant}/", StringComparison.Ordinal) && _storage.Refused.Count == 0)
                {
                    return (403, "AuthorizationPermissionMismatch");
                }

                if (key.StartsWith($"PUT runs/{Tenant}/", StringComparison.Ordinal))
                {
                    stopping.Cancel();
                }

                return null;
            };

            var next = await pipeline.ExtractAsync(started.Next.Extract[0], stopping.Token);

            Assert.Equal(started.Next.Extract, next.Extract);
        });

        Assert.Single(_storage.Refused);
        Assert.True(stopping.IsCancellationRequested);
    }

    /// <summary>Its receipt is written anew before it is sealed anew.</summary>
    [Fact]
    public async Task A_delivery_that_goes_on_is_no_tampering()
    {
        var held = await HeldAsync();
        var (receipts, meanwhile) = (0, (VerificationResult?)null);
        _storage.Refuses = key =>
        {
            if (key.StartsWith("PUT feeds/", StringComparison.Ordinal) && key.EndsWith("/receipt.json", StringComparison.Ordinal) && ++receipts == 2)
            {
                meanwhile = VerifyAsync().GetAwaiter().GetResult();
            }

            return null;
        };

        var approved = (await Night(Smaller).ApproveAllAsync(held.Run)).Night.Run;

        Assert.Equal(RunState.Delivered, approved.State);
        Assert.Empty(meanwhile!.Problems);
        Assert.Empty((await VerifyAsync()).Problems);
    }

    private Task<VerificationResult> VerifyAsync() =>
        new Verification(_ground.Blobs, new Seals(_ground.Blobs), new RunStore(_ground.Blobs, new Discretion(), TimeProvider.System), TimeProvider.System)
            .RunAsync(Tenant, new PrivacySettings(), head: null, default);

    /// <summary>Damaged is another thing than gone.</summary>
    [Theory]
    [InlineData("left-out", "ledger.bin")]
    [InlineData("findings", "findings.json")]
    [InlineData("plan?feed=apple", "apple/plan.json")]
    public async Task A_list_of_a_blob_that_is_cut_names_it(string list, string blob)
    {
        var run = (await Night(_town).RunAsync()).Run;
        await CutAsync(Containers.Rosters, $"{Tenant}/{run.Run}/{blob}");

        var (status, answer) = await Night(_town).GetAsync($"runs/{run.Run}/lists/{list}");

        Assert.Equal(500, status);
        Assert.Contains($"rosters/{Tenant}/{run.Run}/{blob} cannot be read", (string?)answer!["detail"]);
    }

    private ISchoolData Smaller => _town.Next().Losing("berget", 10, 27);

    private Night Night(ISchoolData school) => new Night(_ground, school).As(Tenant);

    private async Task<RunRecord> HeldAsync()
    {
        await Night(_town).RunAsync();
        var held = (await Night(Smaller).RunAsync()).Run;
        Assert.Equal(RunState.Held, held.State);
        return held;
    }

    private async Task CutAsync(string container, string name)
    {
        var content = (await _ground.Blobs.ReadAsync(container, name, default))!.Content;
        await _ground.Blobs.WriteAsync(container, name, content.AsMemory(0, content.Length / 2), default);
    }
}
