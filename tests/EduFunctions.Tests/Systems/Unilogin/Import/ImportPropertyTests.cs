using System.Text.Json.Nodes;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>After whatever nights, good and bad ones, the service has exactly what the schools say.</summary>
[Collection(TargetTests.Name)]
public sealed class ImportPropertyTests(AzuriteFixture azurite)
{
    private const int Nights = 8;

    [Theory]
    [MemberData(nameof(RandomImportTown.Seeds), MemberType = typeof(RandomImportTown))]
    public async Task After_every_good_night_the_service_has_what_the_schools_say(int seed)
    {
        var random = new Random(seed);
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["contactPersons"] = new JsonObject() } };
        var town = new RandomImportTown(random);
        for (var night = 0; night < Nights; night++)
        {
            town.Change();
            var fault = night > 0 && night < Nights - 1 ? AnyFault(random) : null;
            var spared = random.Next(2) == 0 ? "importerSletXml" : "importerDeltaXml";
            service.Habits.Fault = (operation, _) => operation == spared ? null : fault;

            await nights.NextAsync(town.Build());

            if (fault is null)
            {
                Assert.Equal(town.Expected(DanishSchool.North), Persons(service, DanishSchool.North));
                Assert.Equal(town.Expected(DanishSchool.South), Persons(service, DanishSchool.South));
            }
        }
    }

    private static ImportFault? AnyFault(Random random)
    {
        ImportFault?[] faults = [null, null, null, ImportFault.ServerFault, ImportFault.HangUpAfterTaking, ImportFault.HangUpBeforeTaking, ImportFault.StrangeAnswer];
        return faults[random.Next(faults.Length)];
    }

    private static IEnumerable<ImportedPerson> Persons(ImportServer service, string institution) =>
        service[institution].Persons.Values.OrderBy(person => person.LocalId, StringComparer.Ordinal);
}
