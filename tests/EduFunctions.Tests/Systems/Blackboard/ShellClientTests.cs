using System.Diagnostics;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Our files by another client: curl and awk, which read the answers as the vendor's scripts do.</summary>
[Collection(LearnTests.Name)]
public sealed class ShellClientTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_shell_client_posts_the_feeds_files_to_the_same_end()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Student("alva", "north");
        school.Student("bo", "north")["familyName"] = "Åström-Öberg";
        school.Group("7a", "north", "Klass", "alva", "bo");
        await using var learn = await LearnServer.StartAsync();
        (learn.Habits.IdlePolls, learn.Habits.RowsPerPoll) = (2, 1);
        var night = await new LearnNights(azurite, learn).Next(school).Dry().RunAsync();

        foreach (var file in night.Run.Feeds[0].Files)
        {
            var rows = (await night.FileAsync(file.Name)).Count(c => c == '\n') - 1;
            Assert.Equal($"completed {rows} of {rows}, errors 0, warnings 0", await PostAsync(learn, file.Name, await night.FileAsync(file.Name)));
        }

        Assert.Equal((2, 1, 2), (learn.State.Enabled("person").Count, learn.State.Enabled("course").Count, learn.State.Enabled("membership").Count));
        Assert.Equal("Åström-Öberg", learn.State.Find("person", Ids.Of("bo"))!["lastname"]);
    }

    private static async Task<string> PostAsync(LearnServer learn, string name, string text)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}-{name}");
        await File.WriteAllTextAsync(file, text);
        var script = Path.Combine(Repository.Root, "tests/EduFunctions.Tests/Systems/Blackboard/post.sh");
        var login = learn.Integrations[0];
        string[] arguments = [script, learn.BaseUrl, login.Username, login.Password, Path.GetFileNameWithoutExtension(name), "store", file];
        using var bash = Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        File.Delete(file);
        return output.Trim();
    }
}
