using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>The files that a target may have: whoever has become protected is looked for in them, and what has changed is told against them.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DeliveredFilesTests
{
    private readonly Records _records = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_is_protected_now_is_found_in_what_went_out_last(bool hasMemory)
    {
        await _records.DeliverAsync("1", "alva");

        using var files = await WhatThereIsAsync(hasMemory, Records.Target);

        Assert.Equal("alva", Records.Text(files));
    }

    /// <summary>Of two receipts the later one says what the target has.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task And_by_the_receipts_when_the_record_of_it_is_lost(bool hasMemory)
    {
        await _records.DeliverAsync("1", "bo");
        await _records.DeliverAsync("2", "alva");
        await _records.LoseLastAsync();

        using var files = await WhatThereIsAsync(hasMemory, Records.Target);

        Assert.Equal("alva", Records.Text(files));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_target_is_told_nothing_of_it(bool hasMemory)
    {
        await _records.DeliverAsync("1", "alva");
        await _records.LoseLastAsync();

        using var files = await WhatThereIsAsync(hasMemory, "sftp://nordhamn@another.example.org:22/in");

        Assert.Empty(files.Names);
    }

    [Fact]
    public async Task Before_anything_went_out_there_is_nobody_to_be_found()
    {
        using var files = await WhatThereIsAsync(hasMemory: true, Records.Target);

        Assert.Empty(files.Names);
    }

    [Fact]
    public async Task What_is_known_of_a_target_is_missed_when_something_went_out()
    {
        await _records.DeliverAsync("1", "alva");

        var held = await Assert.ThrowsAsync<RunHeldException>(KnownAsync);

        Assert.Contains("held.json is gone", held.Message);
        Assert.Contains("says what run 1 delivered", held.Message);
    }

    /// <summary>A school whose first nights had nobody to tell of would wait for an operator for good.</summary>
    [Fact]
    public async Task Nothing_is_missed_when_all_that_went_out_was_nothing()
    {
        await _records.Receipts.SaveLastAsync(Records.Receipt("1"), CancellationToken.None);

        using var files = await KnownAsync();

        Assert.Empty(files.Names);
    }

    private Task<KnownFiles> KnownAsync() =>
        _records.Files.ReadAsync(Records.WithMemory, Records.Tenant, Records.Feed, TargetKey.Of(Records.Target), _ => true, CancellationToken.None);

    private async Task<KnownFiles> WhatThereIsAsync(bool hasMemory, string target)
    {
        IFeed feed = hasMemory ? Records.WithMemory : new AppleFeed();
        var setup = new FeedSetup { Name = Records.Feed, Type = feed.Type, Settings = new TestFeedSettings(), Delivery = Box.At(target) };
        var (files, isWhole) = await _records.Files.ReadWhatThereIsAsync(feed, setup, TargetKey.Of(target), Records.Tenant, CancellationToken.None);
        _ = isWhole || await _records.Files.AddLastAsync(files, feed, setup, TargetKey.Of(target), Records.Tenant, "9", orEarlier: true, CancellationToken.None);
        return files;
    }
}
