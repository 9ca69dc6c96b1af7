using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Storage;

/// <summary>A blob that the storage refuses is named, with what to do; and nobody asks for it without end.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RefusedBlobTests
{
    private const string Tenant = "nordhamn";
    private const string Run = "20260901T180000Z-0000";

    private readonly InMemoryAccount _account = new(TimeProvider.System);
    private readonly RefusingStorage _storage = new();

    private BlobStorage Blobs => new(new InMemoryStorage(_account, carrying: _storage.CarryAsync).Open());

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", "role", true)]
    [InlineData(409, "BlobArchived", "archive", true)]
    [InlineData(503, "ServerBusy", "Try again", false)]
    public async Task A_blob_that_is_not_given_is_named(int status, string code, string remedy, bool isAnswered)
    {
        await Blobs.WriteAsync(Containers.State, "nordhamn/pull.json", "{}"u8.ToArray(), default);
        _storage.Refuse("GET state/nordhamn/pull.json", "", status, code);

        var refused = await Assert.ThrowsAsync<RefusedBlobException>(() => Blobs.ReadAsync(Containers.State, "nordhamn/pull.json", default));

        Assert.Equal(isAnswered, refused.IsLasting);
        Assert.Contains($"state/nordhamn/pull.json ({status} {code})", refused.Message);
        Assert.Contains(remedy, refused.Message);
    }

    /// <summary>Also where the storage says that somebody was quicker: nobody was.</summary>
    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(409, "BlobImmutableDueToPolicy")]
    [InlineData(412, "LeaseIdMissing")]
    [InlineData(412, "ConditionNotMet")]
    public async Task A_record_that_is_never_taken_ends_the_change(int status, string code)
    {
        var runs = new RunStore(Blobs, new Discretion(), TimeProvider.System);
        await runs.SaveAsync(Queued, default);
        _storage.Refuse($"PUT runs/{Tenant}/{Run}.json", "", status, code);

        var refused = await Assert.ThrowsAsync<RefusedBlobException>(() => runs.UpdateAsync(Tenant, Run, run => run with { Reason = "another" }, default));

        Assert.Contains($"runs/{Tenant}/{Run}.json", refused.Message);
        Assert.True(_storage.Refused.Count <= 4, string.Join('\n', _storage.Refused));
    }

    [Fact]
    public async Task What_somebody_else_has_written_meanwhile_is_no_refusal()
    {
        await Blobs.WriteAsync(Containers.State, "nordhamn/a.json", "1"u8.ToArray(), default);
        var read = await Blobs.ReadAsync(Containers.State, "nordhamn/a.json", default);
        await Blobs.WriteAsync(Containers.State, "nordhamn/a.json", "2"u8.ToArray(), default);

        Assert.False(await Blobs.TryWriteAsync(Containers.State, "nordhamn/a.json", "3"u8.ToArray(), read!.Tag, default));
        Assert.False(await Blobs.TryWriteAsync(Containers.State, "nordhamn/a.json", "3"u8.ToArray(), expected: null, default));
    }

    /// <summary>A storage that says there is no marker, and takes none either.</summary>
    [Fact]
    public async Task A_storage_that_contradicts_itself_keeps_nobody_for_ever()
    {
        var runs = new RunStore(Blobs, new Discretion(), TimeProvider.System);
        await runs.BeginAsync(Queued, newest: null, default);
        _storage.Refuse($"GET state/{Tenant}/active.json", "", 404, "BlobNotFound");

        var refused = await Assert.ThrowsAsync<RefusedBlobException>(() => runs.BeginAsync(Queued with { Run = $"{Run[..^1]}1" }, newest: null, default));

        Assert.Contains($"state/{Tenant}/active.json", refused.Message);
    }

    [Fact]
    public async Task A_part_behind_the_end_of_a_cut_blob_is_nothing()
    {
        await Blobs.WriteAsync(Containers.Rosters, "nordhamn/ledger.bin", Encoding.UTF8.GetBytes("cut"), default);

        Assert.Empty((await Blobs.ReadRangeAsync(Containers.Rosters, "nordhamn/ledger.bin", 100, 10, default))!);
    }

    [Fact]
    public async Task A_run_whose_first_record_is_not_taken_is_found_by_the_next_who_asks()
    {
        var runs = new RunStore(Blobs, new Discretion(), TimeProvider.System);
        _storage.Refuse($"PUT runs/{Tenant}/{Run}.json", "", 412, "ConditionNotMet");
        await Assert.ThrowsAsync<RefusedBlobException>(() => runs.BeginAsync(Queued, newest: null, default));
        _storage.Refuses = _ => null;

        Assert.Null(await runs.FindAsync(Tenant, Run, default));
        Assert.Equal((Run, RunState.Queued), await runs.FindBegunAsync(Tenant, Run, default) is { } begun ? (begun.Run, begun.State) : default);
        Assert.NotNull(await runs.FindAsync(Tenant, Run, default));
    }

    private static RunRecord Queued => new()
    {
        Tenant = Tenant,
        Run = Run,
        Trigger = RunTrigger.OnDemand,
        Date = Night.Today,
        State = RunState.Queued,
        Started = DateTimeOffset.UtcNow,
        Configuration = "",
        Feeds = [],
    };
}
