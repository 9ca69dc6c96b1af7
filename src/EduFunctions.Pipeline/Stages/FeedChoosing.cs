using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
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

/// <summary>Has a feed choose whom it takes of a roster, by who has what at its target.</summary>
public sealed class FeedChoosing(DeliveredRosters delivered, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    public async Task<ChosenFeed> ChooseAsync(string tenant, FeedSetup setup, Roster roster, CancellationToken ct) =>
        Choose(setup, roster, await delivered.FindHoldersAsync(tenant, setup.Name, deliveries.KeyOf(setup), ct));

    /// <summary>What the product itself writes into a tenant's files: nobody is recognised by it.</summary>
    internal IEnumerable<string> OwnWords(Tenant tenant)
    {
        var words = NeutralWords.Of(tenant);
        return tenant.Feeds.SelectMany(feed => feeds[feed.Type].OwnWords(feed.Settings)).Concat([tenant.Id, words.School, words.Class, words.Group, words.Course]).Distinct();
    }

    public ChosenFeed Choose(FeedSetup setup, Roster roster, Holders holders)
    {
        var feed = feeds[setup.Type];
        var selection = feed.Choose(roster, setup.Settings, holders);
        var parts = new FeedParts(roster, selection);
        feed.AddParts(parts, setup.Settings);
        return new(setup, roster, selection with { Extras = parts.All }) { Holders = holders };
    }
}
