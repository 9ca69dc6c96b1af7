using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems;

/// <summary>An answer without end costs its feed, its pull or its alarm, and no more memory than an answer of the kind may have: the host has other tenants.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class EndlessAnswerTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Of_Learn(int status)
    {
        await using var learn = await LearnServer.StartAsync();
        await using var endless = EndlessServer.Start(status);

        var night = await Town().To(learn, null, new SkippingTime()).WithDelivery("baseUrl", endless.BaseUrl).RunAsync();

        Assert.Equal(RunState.DeliveredWithErrors, night.Run.State);
        Assert.Contains("answered the post of person with more than 1 MB", night.Run.Feeds[0].Reason);
        Assert.InRange(endless.Megabytes, 1, 64);
    }

    [Fact]
    public async Task Of_a_register_that_fails()
    {
        await using var endless = EndlessServer.Start(500);
        var source = new JsonObject
        {
            ["type"] = "ss12000",
            ["baseUrl"] = endless.BaseUrl,
            ["clientCredentials"] = new JsonObject { ["clientSecret"] = new JsonObject { ["secret"] = TenantJson.SourceSecret } },
        };

        var night = await Town().From(source).Setting("Pipeline:PageTries", "2").RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("in 2 tries: the source answered 500", night.Run.StateReason);
        Assert.InRange(endless.Megabytes, 1, 256);
    }

    [Fact]
    public async Task Of_a_mail_server()
    {
        await using var endless = EndlessServer.StartMail();
        var settings = new MailSettings { Host = "127.0.0.1", Port = endless.Port, Security = MailSettings.None, From = "night@berget.example", To = ["ops@berget.example"] };

        await Assert.ThrowsAsync<IOException>(() => new Mailer(new CallLimits()).ReachAsync(settings, CancellationToken.None));

        Assert.InRange(endless.Megabytes, 0, 32);
    }

    private Night Town()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        school.Group("7a", "berget", "Klass", "vilda");
        return new Night(_ground, school.Data);
    }
}
