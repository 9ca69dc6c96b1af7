using Azure.Storage.Blobs;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.App;

/// <summary>What is said of settings that are no number in a range, each before the first message; and that no secret is in it.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SettingSentenceTests
{
    private const string NoAddress = "must be an https address (plain http only to loopback).";
    private const string NoConnection = "The setting AzureWebJobsStorage (or --storage) is no connection string of a storage account.";

    [Theory]
    [InlineData("kv-edu-nordhamn")]
    [InlineData("http://kv-edu-nordhamn.vault.azure.net/")]
    [InlineData("ftp://kv-edu-nordhamn.vault.azure.net/")]
    [InlineData("/kv-edu-nordhamn")]
    public void A_key_vault_that_is_no_address_is_told_at_once(string given) =>
        Assert.Equal($"The setting KeyVaultUri {NoAddress}", Assert.Throws<SettingRefusedException>(() => Services(("KeyVaultUri", given))).Message);

    [Theory]
    [InlineData("https://kv-edu-nordhamn.vault.azure.net/", true)]
    [InlineData("http://127.0.0.1:8443/", true)]
    [InlineData("", false)]
    public void Secrets_lie_in_the_vault_where_there_is_one(string given, bool isVault)
    {
        using var services = Services(("KeyVaultUri", given));

        Assert.Equal(isVault, services.GetRequiredService<ISecrets>() is KeyVaultSecrets);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", null, "The setting AzureWebJobsStorage is missing: a connection string, or AzureWebJobsStorage__blobServiceUri.")]
    [InlineData("AzureWebJobsStorage", "", "The setting AzureWebJobsStorage is missing: a connection string, or AzureWebJobsStorage__blobServiceUri.")]
    [InlineData("AzureWebJobsStorage", "c2VjcmV0", NoConnection)]
    [InlineData("AzureWebJobsStorage", "AccountKey=c2VjcmV0;AccountName=", NoConnection)]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=nordhamn;AccountKey=c2VjcmV0!;EndpointSuffix=core.windows.net", NoConnection)]
    [InlineData("AzureWebJobsStorage", "BlobEndpoint=nowhere;QueueEndpoint=nowhere;SharedAccessSignature=sv=c2VjcmV0", NoConnection)]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "AccountName=nordhamn;AccountKey=c2VjcmV0", $"The setting AzureWebJobsStorage__blobServiceUri {NoAddress}")]
    [InlineData("AzureWebJobsStorage:queueServiceUri", "http://nordhamn.queue.core.windows.net/?c2VjcmV0", $"The setting AzureWebJobsStorage__queueServiceUri {NoAddress}")]
    public void A_storage_that_cannot_be_found_is_told_by_its_setting_and_without_its_key(string setting, string? given, string told)
    {
        using var services = Services((setting, given));

        var refused = Assert.Throws<SettingRefusedException>(() => (services.GetRequiredService<BlobServiceClient>(), services.GetRequiredService<StorageSetup>()));

        Assert.Equal(told, refused.Message);
        Assert.DoesNotContain("c2VjcmV0", $"{refused}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("at eight", "must be six fields, seconds first, as 0 30 * * * *, not \"at eight\" (")]
    [InlineData("30 * * * *", "must be six fields, seconds first, as 0 30 * * * *, not \"30 * * * *\" (")]
    [InlineData("0 61 * * * *", "must be six fields, seconds first, as 0 30 * * * *, not \"0 61 * * * *\" (")]
    [InlineData("", "must be six fields, seconds first, as 0 30 * * * *, not \"\" (")]
    [InlineData("0 0 0 31 2 *", "must be a schedule whose time comes, not 0 0 0 31 2 *.")]
    public void A_schedule_that_is_none_or_whose_time_never_comes_is_told(string given, string told)
    {
        using var services = Services(("NightlySchedule", given), ("WatchSchedule", given));

        var night = Assert.Throws<SettingRefusedException>(() => ActivatorUtilities.CreateInstance<NightlyTimer>(services, MessageQueues.Open("UseDevelopmentStorage=true")));
        var watch = Assert.Throws<SettingRefusedException>(() => ActivatorUtilities.CreateInstance<WatchTimer>(services));

        Assert.StartsWith($"The setting NightlySchedule {told}", night.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The setting WatchSchedule {told}", watch.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddConfiguration(AppTriggers.LocalConfiguration)
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration).BuildServiceProvider();
    }
}
