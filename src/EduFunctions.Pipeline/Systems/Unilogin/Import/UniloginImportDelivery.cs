using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>
/// Hands each document to wsaIMPORT (docs/feeds/unilogin-import.md). A draft contract: only an answer of the known form confirms anything, and a
/// document whose answer is lost is not sent again in the same run.
/// </summary>
public sealed class UniloginImportDelivery(SoapConnections connections, CallBudget budget, PipelineOptions options, TimeProvider time) : IDelivery, IConnectionTest
{
    /// <summary>The fault of an institution that has not agreed, or no longer does: the others may have.</summary>
    private const string NoAgreement = "Rettigheder";

    public string Type => "uniloginImport";

    public Type Settings => typeof(UniloginImportDeliverySettings);

    public string OnlyANightTells => "the institutions take the import, and which rows they refuse";

    /// <summary>One service for the whole country; institutions are told apart in the files.</summary>
    public bool IsCommon => true;

    public string Target(DeliverySettings settings) => ((UniloginImportDeliverySettings)settings).Address;

    [Told]
    public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        var settings = (UniloginImportDeliverySettings)setup.Delivery;
        var sliceEnd = time.GetUtcNow() + options.SliceLength;
        using var service = new ImportService(settings, connections, time);
        var (troubles, hasSent) = (new List<string>(), false);
        foreach (var name in files.Names)
        {
            if (progress.Find(name) is { State: ReceiptState.Sent } begun)
            {
                // The process died with the answer on its way: to send again could be the second time.
                await progress.SetAsync(begun with { State = ReceiptState.Unknown, Reason = $"it is not known whether the service has taken {name}" });
            }

            if (progress.Find(name) is not null)
            {
                continue;
            }

            if (hasSent && time.GetUtcNow() >= sliceEnd)
            {
                return ImportSummary.GoingOn(progress);
            }

            hasSent = true;
            if (!await MayBeSentAsync(name, settings, progress, ct))
            {
                troubles.Add($"{name} was not sent, because {CallBudget.MostPerDay} totals of the institution were sent within a day; it goes with the next run");
            }
            else if (await SendAsync(service, settings, files, name, progress, ct) is { } refusal)
            {
                return ImportSummary.Of(progress, [.. troubles, refusal]);
            }
        }

        return ImportSummary.Of(progress, troubles);
    }

    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var import = (UniloginImportDeliverySettings)settings;
        yield return new ConnectionCheck("agreements", await FindObstacleAsync(import, ct));
    }

    /// <summary>Totals are counted as full pulls are, beside those: nobody says that imports are exempt.</summary>
    private async Task<bool> MayBeSentAsync(string name, UniloginImportDeliverySettings settings, DeliveryProgress progress, CancellationToken ct)
    {
        var file = ImportFile.Parse(name);
        if (file.Kind != ImportFileKind.Total)
        {
            return true;
        }

        var operation = ImportService.OperationOf(file.Kind);
        var call = new PullCall(Guid.NewGuid(), time.GetUtcNow(), progress.Tenant, progress.Run, operation);
        var allowance = await budget.TryTakeAsync(
            new Uri(settings.Address), $"{file.Institution}-{operation}", call, CallBudget.MostPerDay, CallBudget.MostPerDay, ct);
        return allowance.IsTaken;
    }

    /// <returns>Why nothing more is to be sent; null to go on.</returns>
    [Told]
    private async Task<string?> SendAsync(
        ImportService service, UniloginImportDeliverySettings settings, FeedFiles files, string name, DeliveryProgress progress, CancellationToken ct)
    {
        var kind = ImportFile.Parse(name).Kind;
        var file = new FileProgress(name, ReceiptState.Sent, time.GetUtcNow()) { Rows = Persons(files.Open(name)) };
        await progress.SetAsync(file);
        using var raw = new MemoryStream();
        try
        {
            var response = await service.ImportAsync(kind, files.Open(name), raw, ct);
            await progress.SetAsync(ImportVerdict.On(file, response, settings));
            return null;
        }
        catch (SoapException e) when (e.InnerException is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        })
        {
            await progress.ForgetAsync(name);
            throw new IOException($"{e.Message}. Check delivery.endpoint.", e);
        }
        catch (SoapFaultException e) when (e.Fault.Type is not (null or NoAgreement))
        {
            await progress.ForgetAsync(name);
            return $"The service refused {Login(settings)} ({e.Fault}). Check them";
        }
        catch (SoapException e)
        {
            var state = e is SoapFaultException ? ReceiptState.Failed : ReceiptState.Unknown;
            await progress.SetAsync(file with { State = state, Reason = $"{name}: {e.Message}" });
            return null;
        }
        finally
        {
            if (raw.Length > 0)
            {
                await progress.KeepAnswerAsync(name, raw.ToArray());
            }
        }
    }

    /// <summary>Asks for the agreements, which every service of Unilogin tells and which changes nothing.</summary>
    [Told]
    private async Task<string?> FindObstacleAsync(UniloginImportDeliverySettings settings, CancellationToken ct)
    {
        try
        {
            using var service = new ImportService(settings, connections, time);
            return await service.HasAgreementsAsync(ct) ? null
                : $"No institution has agreed to be imported by {Login(settings)}: have the agreements approved in Tilslutning.";
        }
        catch (SoapFaultException e) when (e.Fault.Type is not null)
        {
            return $"The service refused {Login(settings)} ({e.Fault}). Check them.";
        }
        catch (SoapException e)
        {
            return $"{e.Message}. Check delivery.endpoint, version, namespace and soapVersion.";
        }
    }

    [Told]
    private static string Login(UniloginImportDeliverySettings settings) => settings.IsSigned
        ? $"system {settings.ProviderSystemId} and the certificate of the secret \"{settings.Certificate!.Name}\""
        : $"user \"{settings.Username}\" and the secret \"{settings.Password!.Name}\"";

    private static int Persons(Stream file)
    {
        var (lines, persons) = (new LineReader(file), 0);
        while (lines.Read())
        {
            persons += lines.Current.Trim((byte)' ').SequenceEqual("<InstitutionPerson>"u8) ? 1 : 0;
        }

        return persons;
    }
}
