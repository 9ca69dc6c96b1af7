using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Oracle;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Schools as nodes of Learn's hierarchy: whatever operation brings them there, it has the roster's schools, with their people and courses below them.</summary>
[Collection(LearnTests.Name)]
public sealed class LearnHierarchyTests(AzuriteFixture azurite)
{
    private static JsonObject Hierarchy => new()
    {
        ["parentNode"] = LearnState.RootNode,
        ["organisation"] = new JsonObject { ["key"] = "zz-nordhamn", ["name"] = "Nordhamns kommun" },
    };

    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    [InlineData("refreshByDataSource")]
    public async Task Learn_has_the_schools_with_their_people_and_courses_after_every_night(string operation)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["operation"] = operation, ["dataSourceKey"] = "SYSTEM", ["hierarchy"] = Hierarchy } };

        await PassAsync(nights, School());
        Assert.Equal(new[] { LearnState.RootNode, "zz-nordhamn", Ids.Of("north"), Ids.Of("south") }.Order(StringComparer.Ordinal), learn.State.Enabled("node"));
        Assert.All(["north", "south"], unit => Assert.Equal("zz-nordhamn", learn.State.Find("node", Ids.Of(unit))!["parent_node_key"]));
        Assert.Equal(("Nordhamns kommun", "Norra skolan"), (learn.State.Find("node", "zz-nordhamn")!["name"], learn.State.Find("node", Ids.Of("north"))!["name"]));
        AssertPlaces(learn, "north|alva", "north|hugo", "south|bo", "south|hugo");
        Assert.Equal(
            [$"{Ids.Of("north")}|{Ids.Of("7a")}|Y"],
            learn.State.Records("courseassociation").Select(row => $"{row["external_node_key"]}|{row["external_course_key"]}|{row["is_primary_association"]}"));
        Assert.Equal(Uuid5.Of($"userassociation|{Ids.Of("north")}|{Ids.Of("alva")}"), Place(learn, "north|alva").Key);

        await PassAsync(nights, School(ofBo: "north"));
        AssertPlaces(learn, "north|alva", "north|bo", "north|hugo", "south|hugo");

        await PassAsync(nights, School(marking: "Sekretessmarkering"));
        AssertPlaces(learn, "north|hugo", "south|bo", "south|hugo");
        Assert.DoesNotContain(learn.State.Records("userassociation"), row => row["external_user_key"] == Ids.Of("alva"));

        await PassAsync(nights, School(ofBo: "north", hasSouth: false));
        AssertPlaces(learn, "north|bo", "north|hugo");
        Assert.Null(learn.State.Find("node", Ids.Of("south")));
        Assert.Empty(learn.DataSets.SelectMany(set => set.Errors));
    }

    [Fact]
    public async Task Associations_that_Learn_has_are_not_stored_again_and_those_gone_leave_by_their_keys()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["hierarchy"] = Hierarchy } };
        await PassAsync(nights, School());
        var first = nights.Posts().ToList();

        await PassAsync(nights, School());
        var second = nights.Posts(first.Count).ToList();
        await PassAsync(nights, School(ofBo: "north"));
        var third = learn.Posts.Skip(first.Count + second.Count).ToList();

        Assert.Equal(
            ["node/store", "node/store", "person/store", "course/store", "userassociation/store", "courseassociation/store", "membership/store"], first);
        Assert.Equal(["node/store", "person/store", "course/store", "membership/store"], second);
        Assert.Equal("external_node_key|parent_node_key|name", learn.Posts[0].Text.Split('\n')[0]);
        var association = third.Where(post => post.Kind == "userassociation").ToList();
        Assert.Equal(["userassociation/store", "userassociation/delete"], association.Select(post => post.ToString()));
        Assert.Equal("external_association_key|external_node_key|external_user_key", association[0].Text.Split('\n')[0]);
        Assert.Equal(["external_association_key", Uuid5.Of($"userassociation|{Ids.Of("south")}|{Ids.Of("bo")}"), ""], association[1].Text.Split('\n'));
    }

    /// <summary>Learn says how many it refused, not which: so all of the night go once more, and no more than once.</summary>
    [Fact]
    public async Task After_an_error_the_new_ones_are_sent_a_second_time_and_with_a_total_all()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["hierarchy"] = Hierarchy } };
        learn.State.Put(new LearnRecord("person", "somebody-else", "Another") { DataSource = "SYSTEM", Values = new Dictionary<string, string> { ["user_id"] = "bo@id.example" } });

        var counts = new List<int>();
        for (var night = 0; night < 3; night++)
        {
            var before = learn.Posts.Count;
            await nights.NextAsync(School());
            counts.Add(learn.Posts.Skip(before).Where(post => post.Kind == "userassociation").Sum(post => post.Text.Split('\n').Length - 2));
        }

        var posts = learn.Posts.Count;
        await nights.Next(School()).Total().RunAsync();

        Assert.Equal([4, 4, 0], counts);
        Assert.Equal(5, learn.Posts.Skip(posts).Single(post => post.Kind == "userassociation").Text.Split('\n').Length - 1);
    }

    [Fact]
    public async Task An_emptied_Learn_is_filled_again_from_the_root()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["hierarchy"] = Hierarchy } };
        await PassAsync(nights, School());
        var nodes = learn.State.Records("node").Where(node => node.Key != LearnState.RootNode);
        foreach (var record in nodes.Concat(learn.State.Records("userassociation")).Concat(learn.State.Records("courseassociation")))
        {
            learn.State.Purge(record);
        }

        var sets = learn.DataSets.Count;
        await nights.Next(School()).Total().RunAsync();

        Assert.Empty(learn.DataSets.Skip(sets).SelectMany(set => set.Errors));
        AssertPlaces(learn, "north|alva", "north|hugo", "south|bo", "south|hugo");
    }

    /// <summary>The root was not there that night.</summary>
    [Fact]
    public async Task Associations_whose_node_failed_in_a_total_are_sent_again()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["hierarchy"] = Hierarchy } };
        await PassAsync(nights, School());
        var root = learn.State.Find("node", LearnState.RootNode)!;
        learn.State.Records("userassociation").Concat(learn.State.Records("node")).ToList().ForEach(learn.State.Purge);
        await nights.Next(School()).Total().RunAsync();
        Assert.Empty(learn.State.Records("userassociation"));
        learn.State.Put(root);

        await nights.NextAsync(School());

        AssertPlaces(learn, "north|alva", "north|hugo", "south|bo", "south|hugo");
    }

    [Fact]
    public async Task With_delete_only_what_is_gone_is_sent_and_by_its_key()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["hierarchy"] = Hierarchy } };
        await PassAsync(nights, School());
        nights.Settings["operations"] = new JsonObject { ["userassociation"] = "delete", ["node"] = "delete", ["courseassociation"] = "delete" };
        var posts = learn.Posts.Count;

        await PassAsync(nights, School(ofBo: "north", hasSouth: false));

        Assert.Equal(["node/delete", "person/store", "course/store", "userassociation/delete", "membership/store"], nights.Posts(posts));
        AssertPlaces(learn, "north|alva", "north|hugo");
        Assert.Null(learn.State.Find("node", Ids.Of("south")));
    }

    [Theory]
    [InlineData("""{ "parentNode": "a b" }""", "hierarchy.parentNode (line 1): must be 1 to 64 letters")]
    [InlineData("""{ "parentNode": "root-1", "organisation": { "key": "ROOT-1", "name": "N" } }""", "hierarchy.organisation.key (line 1): must be 1 to 64 letters")]
    [InlineData("""{ "parentNode": "root-1", "organisation": { "key": "n", "name": "=N" } }""", "hierarchy.organisation.name (line 1): must be 1 to 255")]
    public async Task What_Learn_would_not_take_is_refused_beforehand(string hierarchy, string told)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["hierarchy"] = JsonNode.Parse(hierarchy) } };

        var refused = await nights.NextAsync(School());

        Assert.Equal(RunState.Failed, refused.Run.State);
        Assert.Contains(told, refused.Run.StateReason, StringComparison.Ordinal);
    }

    private static void AssertPlaces(LearnServer learn, params string[] places) => Assert.Equal(
        places.Select(place => string.Join('|', place.Split('|').Select(Ids.Of))).Order(StringComparer.Ordinal),
        learn.State.Records("userassociation").Select(row => $"{row["external_node_key"]}|{row["external_user_key"]}").Order(StringComparer.Ordinal));

    private static LearnRecord Place(LearnServer learn, string place) => learn.State.Records("userassociation").Single(
        row => $"{row["external_node_key"]}|{row["external_user_key"]}" == string.Join('|', place.Split('|').Select(Ids.Of)));

    private static async Task PassAsync(LearnNights nights, SchoolBuilder school)
    {
        var night = await nights.Next(school).With("guard.minHalved", 0).With("guard.maxRemovedPercent", 100).RunAsync();
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
    }

    private static SchoolBuilder School(string ofBo = "south", string marking = "Ingen", bool hasSouth = true)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north")["displayName"] = "Norra skolan";
        school.Student("alva", "north")["securityMarking"] = marking;
        if (hasSouth)
        {
            school.Unit("south");
        }

        school.Student("bo", ofBo);
        school.Employee("hugo");
        school.Duty("hugo's", "hugo", "north");
        if (hasSouth)
        {
            school.Duty("hugo's other", "hugo", "south");
        }

        school.Group("7a", "north", "Klass", "alva");
        return school;
    }
}
