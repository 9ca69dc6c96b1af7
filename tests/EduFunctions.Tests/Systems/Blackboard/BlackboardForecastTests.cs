using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

[Trait(Level.Name, Level.Fast)]
public sealed class BlackboardForecastTests
{
    private static readonly DateOnly Today = new(2026, 9, 1);

    [Fact]
    public void Says_what_Learn_will_do_and_nothing_of_what_does_not_change()
    {
        var feed = new BlackboardFeed();

        Assert.Empty(feed.Forecast(new FeedChanges(0, 0, 0, 0), Today));
        Assert.Equal(
            ["3 users are disabled; what they have done stays.", "2 courses are disabled; nobody can enter them."],
            feed.Forecast(new FeedChanges(0, PersonsRemoved: 3, 0, SectionsRemoved: 2), Today));
        Assert.Equal(
            ["24 users are renamed: they get their new ids, and keep their courses, grades and files.", "2 users are created, or enabled where Learn still has them."],
            feed.Forecast(new FeedChanges(PersonsAdded: 26, PersonsRemoved: 24, 0, 0) { PersonsRenamed = 24 }, Today));
        Assert.Equal(
            ["1 users are created, or enabled where Learn still has them.", "4 courses are created, or enabled where Learn still has them."],
            feed.Forecast(new FeedChanges(PersonsAdded: 1, 0, SectionsAdded: 4, 0), Today));
    }
}
