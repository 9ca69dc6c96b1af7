using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Stages;

/// <param name="Roster">The run's, or one of its own for a feed in which protected students go by an alias.</param>
public sealed record ChosenFeed(FeedSetup Setup, Roster Roster, FeedSelection Selection)
{
    /// <summary>By whose unique values it was chosen.</summary>
    public Holders Holders { get; init; } = Holders.None;

    /// <summary>By row of the run's roster: whether the feed has the person. Aliases are nobody there.</summary>
    public BitArray PersonsOf(Roster run)
    {
        if (Roster == run)
        {
            return Selection.Persons;
        }

        var persons = new BitArray(run.Persons.Count);
        for (int row = 0, own = 0; row < persons.Count; row++)
        {
            while (own < Roster.Persons.Count && Roster.Persons[own].Id < run.Persons[row].Id)
            {
                own++;
            }

            persons[row] = own < Roster.Persons.Count && Roster.Persons[own].Id == run.Persons[row].Id && Selection.Persons[own];
        }

        return persons;
    }
}

/// <summary>Has a feed choose whom it takes of a roster, by what its target may have.</summary>
public sealed class FeedChoosing(DeliveredFiles files, DeliveredRosters delivered, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    /// <exception cref="RunHeldException">What the target may have is gone.</exception>
    public async Task<ChosenFeed> ChooseAsync(string tenant, FeedSetup setup, Roster roster, CancellationToken ct) =>
        await ChooseAsync(tenant, setup, roster, await delivered.FindHoldersAsync(tenant, setup.Name, deliveries.KeyOf(setup), ct), ct);

    /// <inheritdoc cref="ChooseAsync(string, FeedSetup, Roster, CancellationToken)"/>
    public async Task<ChosenFeed> ChooseAsync(string tenant, FeedSetup setup, Roster roster, Holders holders, CancellationToken ct) =>
        new(setup, roster, (await ChooseAsync(tenant, setup, [roster], holders, ct))[0]) { Holders = holders };

    /// <summary>The choice of each of these rosters.</summary>
    /// <exception cref="RunHeldException">What the target may have is gone.</exception>
    public async Task<IReadOnlyList<FeedSelection>> ChooseAsync(string tenant, FeedSetup setup, IReadOnlyList<Roster> rosters, Holders holders, CancellationToken ct)
    {
        var feed = feeds[setup.Type];
        var target = deliveries[setup.Delivery.Type].Target(setup.Delivery);
        using var known = await files.ReadAsync(feed, tenant, setup.Name, target, file => feed is IFeedWithMemory memory && memory.ChoosesBy(file), ct);
        known.Holders = holders;
        return [.. rosters.Select(roster => feed.Choose(roster, setup.Settings, known))];
    }
}
