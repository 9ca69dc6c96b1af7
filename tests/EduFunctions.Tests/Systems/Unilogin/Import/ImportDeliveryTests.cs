using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>Whatever becomes of a call, the receipt says it truly, and the next night sets all right.</summary>
[Collection(TargetTests.Name)]
public sealed class ImportDeliveryTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(ImportFault.ServerFault, ReceiptState.Failed)]
    [InlineData(ImportFault.HangUpBeforeTaking, ReceiptState.Unknown)]
    [InlineData(ImportFault.HangUpAfterTaking, ReceiptState.Unknown)]
    [InlineData(ImportFault.StrangeAnswer, ReceiptState.Unknown)]
    [InlineData(ImportFault.Page, ReceiptState.Unknown)]
    public async Task After_a_night_that_failed_the_next_one_brings_both(ImportFault fault, ReceiptState state)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        await nights.NextAsync(DanishSchool.With("alva", "bo"));
        nights.Calls();
        service.Habits.Fault = (_, institution) => institution == DanishSchool.North ? fault : null;

        var failed = await nights.NextAsync(DanishSchool.With("alva", "cleo"));
        var toldThen = nights.Calls();
        service.Habits.Fault = (_, _) => null;
        var second = await nights.NextAsync(DanishSchool.With("alva", "dag"));

        Assert.Equal((state, ReceiptState.Processed), (failed.Run.Feeds[0].State, second.Run.Feeds[0].State));
        Assert.Equal(["importerSletXml A00001", "importerDeltaXml A00001"], toldThen);
        Assert.Equal(["importerSletXml A00001", "importerDeltaXml A00001"], nights.Calls());
        Assert.Equal(
            new[] { "bo", "cleo" }.Select(Ids.Of).Order(StringComparer.Ordinal), service.Calls[^2].Request.LocalIds);
        nights.AssertHolds(DanishSchool.North, "alva", "dag");
    }

    [Theory]
    [InlineData(ImportFault.ServerFault)]
    [InlineData(ImportFault.HangUpAfterTaking)]
    public async Task A_total_that_nobody_has_confirmed_is_followed_by_another(ImportFault fault)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        service.Habits.Fault = (_, institution) => institution == DanishSchool.North ? fault : null;
        await nights.NextAsync(DanishSchool.With("alva", "bo"));
        nights.Calls();
        service.Habits.Fault = (_, _) => null;

        await nights.NextAsync(DanishSchool.With("alva"));

        Assert.Equal(["importerXml A00001"], nights.Calls());
        nights.AssertHolds(DanishSchool.North, "alva");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refused_rows_are_counted_and_only_they_are_sent_again(bool asText)
    {
        await using var service = await ImportServer.StartAsync();
        service.Habits.AnswersAsText = asText;
        var nights = new ImportNights(azurite, service);
        var school = DanishSchool.With("alva", "bo");
        school.Person("bo").Remove("civicNo");

        var night = await nights.NextAsync(school);
        nights.Calls();
        school.Person("bo")["givenName"] = "Bo";
        var again = await nights.NextAsync(school);

        var receipt = await night.ReceiptAsync();
        Assert.Equal((RunState.DeliveredWithErrors, ReceiptState.ProcessedWithErrors), (night.Run.State, receipt.State));
        Assert.Equal((3, 2, 1), (receipt.Counts["rows"], receipt.Counts["completed"], receipt.Counts["errors"]));
        Assert.Equal(["importerDeltaXml A00001"], nights.Calls());
        Assert.Equal([Ids.Of("bo")], service.Calls[^1].Request.LocalIds);
        Assert.Equal(ReceiptState.ProcessedWithErrors, again.Run.Feeds[0].State);
        Assert.Contains("uniloginImport.civicNumberMissing", night.Run.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Where_refused_rows_are_not_named_everything_of_the_file_counts_as_open()
    {
        await using var service = await ImportServer.StartAsync();
        service.Habits.NamesLines = false;
        var nights = new ImportNights(azurite, service);
        var school = DanishSchool.With("alva", "bo");
        school.Person("bo").Remove("civicNo");
        await nights.NextAsync(school);
        nights.Calls();

        await nights.NextAsync(school);

        Assert.Equal(["importerXml A00001"], nights.Calls());
    }

    [Fact]
    public async Task The_answer_is_kept_as_it_came_and_its_words_are_not_repeated()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        var school = DanishSchool.With("alva", "bo");
        school.Person("bo").Remove("civicNo");

        var night = await nights.NextAsync(school);

        var words = "Bo Provhed: CPR mangler";
        Assert.Contains(words, await night.FileAsync("answers/A00001.total.xml"), StringComparison.Ordinal);
        Assert.DoesNotContain(words, string.Join('\n', night.LogLines) + night.Run.StateReason + await night.FileAsync("receipt.json"), StringComparison.Ordinal);
        Assert.Matches("took A00001.total.xml but for 1 rows, lines? [0-9]+", night.Run.StateReason);
    }

    [Fact]
    public async Task A_page_for_people_is_kept_as_well()
    {
        await using var service = await ImportServer.StartAsync();
        service.Habits.Fault = (_, _) => ImportFault.Page;

        var night = await new ImportNights(azurite, service).NextAsync(DanishSchool.With("alva"));

        Assert.Equal(ReceiptState.Unknown, night.Run.Feeds[0].State);
        Assert.Contains("Driftsforstyrrelse", await night.FileAsync("answers/A00001.total.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_login_ends_the_delivery_and_says_what_to_check()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);

        var night = await nights.Next(DanishSchool.With("alva")).WithDelivery("username", "somebody").RunAsync();

        Assert.Equal((RunState.Failed, ReceiptState.Failed), (night.Run.State, night.Run.Feeds[0].State));
        Assert.Single(nights.Calls());
        Assert.Contains("user \"somebody\" and the secret \"test-import\" (BrugeridEllerPassword)", night.Run.StateReason, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Password, string.Join('\n', night.LogLines) + night.Run.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_institution_that_has_not_approved_does_not_stop_the_others()
    {
        await using var service = await ImportServer.StartAsync();
        service.Habits.Unapproved.Add(DanishSchool.North);
        var nights = new ImportNights(azurite, service);

        var night = await nights.NextAsync(DanishSchool.With("alva"));

        Assert.Equal(ReceiptState.Failed, night.Run.Feeds[0].State);
        Assert.Contains("refused A00001.total.xml: reskode 3", night.Run.StateReason, StringComparison.Ordinal);
        nights.AssertHolds(DanishSchool.South, "sif");
    }

    [Fact]
    public async Task A_fifth_total_of_an_institution_waits_for_another_day()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["operation"] = "total" } };
        for (var night = 0; night < 4; night++)
        {
            await nights.NextAsync(DanishSchool.With("alva"));
        }

        nights.Calls();
        var fifth = await nights.NextAsync(DanishSchool.With("bo"));

        Assert.Equal(RunState.Failed, fifth.Run.State);
        Assert.Empty(nights.Calls());
        Assert.Contains("A00001.total.xml was not sent, because 4 totals", fifth.Run.StateReason, StringComparison.Ordinal);
        nights.Settings["operation"] = "delta";
        await nights.NextAsync(DanishSchool.With("bo"));
        nights.AssertHolds(DanishSchool.North, "bo");
    }

    [Fact]
    public async Task With_no_time_left_each_message_brings_one_document_further()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);

        var night = await nights.Next(DanishSchool.With("alva")).Setting("Pipeline:SliceLength", "00:00:00.001").RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(2, (await night.ReceiptAsync()).Attempts);
        Assert.Equal(["importerXml A00001", "importerXml A00002"], nights.Calls());
    }

    [Fact]
    public async Task What_an_operator_lets_through_goes_as_another_delivery_of_the_run()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        await nights.NextAsync(DanishSchool.With("alva", "bo"));
        nights.Calls();
        var night = nights.Next(DanishSchool.With("alva", "cleo")).With("guard.maxRemovedPercent", 0).With("guard.minRemoved", 0);
        var held = await night.RunAsync();

        // She may be he under another id, so she waits with him.
        Assert.Empty(nights.Calls());
        nights.AssertHolds(DanishSchool.North, "alva", "bo");

        var (approved, refusal) = await night.ApproveAsync(held.Run.Run, held.Run.Feeds[0].Plan!.Hash);

        Assert.Null(refusal);
        Assert.Equal((RunState.Held, RunState.Delivered), (held.Run.State, approved.Run.State));
        Assert.Equal(["importerSletXml A00001", "importerDeltaXml A00001"], nights.Calls());
        nights.AssertHolds(DanishSchool.North, "alva", "cleo");
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("text")]
    public async Task The_document_travels_as_elements_or_as_text(string form)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);

        await nights.Next(DanishSchool.With("alva", "o'brien & sons")).WithDelivery("document", form).RunAsync();

        nights.AssertHolds(DanishSchool.North, "alva", "o'brien & sons");
        Assert.Equal("O'brien & sons", nights.Person(DanishSchool.North, "o'brien & sons").FirstName);
        Assert.Equal($"\"{service.Namespace}/importerXml\"", service.Calls[0].Action);
    }
}
