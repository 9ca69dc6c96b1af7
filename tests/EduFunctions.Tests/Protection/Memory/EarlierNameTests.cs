using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A register that makes a record unreadable with the marking: what the person was called is known from whatever night is kept, also one that came to nothing.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class EarlierNameTests
{
    private const string Family = "Zqholm";

    [Fact]
    public async Task A_name_that_only_a_pull_that_broke_off_had()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(MemoryTown.Make());
        var broken = await nights.RunAsync(nights.Next(Named(Family).Data).Behaving(habits => habits.Fault = page =>
            page.Collection == "duties" && Waiting.For(() => nights.HasStoredAsync("persons", nights: 2)) ? new Fault.Status(403) : null));
        Assert.NotEqual("Delivered", $"{broken.Night.Run.State}");

        await AssertUntoldAsync(nights);
    }

    [Fact]
    public async Task A_name_of_more_than_a_fortnight_ago()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Named(Family));
        for (var night = 0; night < 16; night++)
        {
            await nights.NextAsync(MemoryTown.Make());
        }

        await AssertUntoldAsync(nights);
    }

    [Fact]
    public async Task A_name_that_only_an_old_roster_has()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Named(Family));
        await foreach (var page in ground.Blobs.ListAsync("snapshots", $"{nights.Tenant}/", CancellationToken.None))
        {
            await ground.Blobs.DeleteAsync("snapshots", page.Name, CancellationToken.None);
        }

        nights.Skip(TimeSpan.FromDays(8));
        await nights.NextAsync(MemoryTown.Make());
        await nights.NextAsync(MemoryTown.Make());

        await AssertUntoldAsync(nights);
    }

    private static async Task AssertUntoldAsync(TargetNights nights)
    {
        var masked = Named("Identitet", "Skyddad").Marking("alva");
        masked.Data[Collections.Groups][0]["displayName"] = $"Stöd Alva {Family}";

        var night = await nights.NextAsync(masked);

        nights.AssertGone("alva");
        await night.AssertUntoldAsync("alva", Family);
    }

    private static SchoolBuilder Named(string family, string given = "Alva")
    {
        var town = MemoryTown.Make();
        (town.Person("alva")["givenName"], town.Person("alva")["familyName"]) = (given, family);
        return town;
    }
}
