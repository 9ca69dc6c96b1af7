using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Tls;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>What Learn's counts say of a file, asked of the delivery alone.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class LearnCountsTests
{
    private const string Persons = "external_person_key|user_id|firstname|lastname|email|institution_role|system_role|available_ind|row_status\n"
        + "a|a@id.example|Alva|Prov||NOBODY|none|Y|enabled\nb|b@id.example|Bo|Prov||NOBODY|none|Y|enabled\n";

    [Fact]
    public async Task A_file_all_of_whose_rows_fail_is_over_at_once_and_says_so()
    {
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.CountsFailedRows = false;
        var time = new SkippingTime();

        var result = await SendAsync(learn, time);

        Assert.Equal(ReceiptState.ProcessedWithErrors, result.State);
        Assert.Contains("Learn counts 2 errors in person.txt", result.Reason);
        Assert.Equal((0, 2), (result.Counts["completed"], result.Counts["errors"]));
        Assert.InRange(time.Skipped, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_file_that_does_not_end_tells_the_errors_it_has_so_far()
    {
        await using var learn = await LearnServer.StartAsync();
        (learn.Habits.CountsFailedRows, learn.Habits.RowsPerPoll) = (false, 1);
        learn.Habits.OnStatus = _ => learn.Habits.RowsPerPoll = learn.DataSets.Any(set => set.Errors.Count == 1) ? 0 : 1;

        var result = await SendAsync(learn, new SkippingTime());

        Assert.Equal(ReceiptState.Unknown, result.State);
        Assert.Contains("0 of 2 rows completed, 1 errors", result.Reason);
    }

    private static async Task<DeliveryResult> SendAsync(LearnServer learn, SkippingTime time)
    {
        using var files = new FeedFiles();
        files.Create("person.txt").Write(System.Text.Encoding.UTF8.GetBytes(Persons));
        var delivery = new BlackboardDelivery(Registered.Services.GetRequiredService<CertifiedConnections>(), new PipelineOptions { SliceLength = TimeSpan.FromDays(1) }, time);
        var settings = new BlackboardDeliverySettings
        {
            Type = "blackboard",
            BaseUrl = learn.BaseUrl,
            Username = learn.Integrations[0].Username,
            Password = new Secret("learn", learn.Integrations[0].Password),
        };
        return await delivery.SendAsync(
            files, new FeedSetup { Name = "learn", Type = "blackboard", Settings = new BlackboardSettings(), Delivery = settings },
            new DeliveryProgress([], _ => Task.CompletedTask), CancellationToken.None);
    }
}
