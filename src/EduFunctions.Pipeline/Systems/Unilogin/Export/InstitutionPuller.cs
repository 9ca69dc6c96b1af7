using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

internal enum PullOutcome
{
    Stored,
    Unfinished,
    NoAgreement,
}

/// <summary>Brings institutions into a snapshot, within the calls that each has left today.</summary>
internal sealed class InstitutionPuller(
    WsiEksport service, CallBudget budget, SnapshotWriter snapshot, Pull pull, ExportFilter filter, PipelineOptions options, TimeProvider time)
{
    /// <summary>A second try may cure what passes; more would take the day's calls for nothing.</summary>
    private const int MostPerRun = 2;

    /// <summary>The night leaves a call for whoever has to look at its outcome by day.</summary>
    private const int MostByNight = CallBudget.MostPerDay - 1;

    private readonly UniloginSettings _settings = (UniloginSettings)pull.Tenant.Source;
    private readonly int _most = pull.Trigger == RunTrigger.Nightly ? MostByNight : CallBudget.MostPerDay;

    private string Asked => $"wsiEKSPORT {_settings.Version} {_settings.Package} {filter}";

    public async Task<PullOutcome> RunAsync(string institution, CancellationToken sliceEnds, CancellationToken ct)
    {
        for (SoapException? last = null; ;)
        {
            var call = new PullCall(Guid.NewGuid(), time.GetUtcNow(), pull.Tenant.Id, pull.Run, Asked);
            var allowance = await budget.TryTakeAsync(service.Endpoint, institution, call, _most, MostPerRun, ct);
            if (!allowance.IsTaken)
            {
                return await WithoutCallAsync(institution, allowance.Ledger, last, ct);
            }

            try
            {
                await PullAsync(institution, ct);
                return PullOutcome.Stored;
            }
            catch (SoapFaultException e) when (e.Fault.Type == ServiceProblem.NoAgreement)
            {
                return PullOutcome.NoAgreement;
            }
            catch (SoapException e) when (e.MayPass)
            {
                last = e;
            }
            catch (SoapException e)
            {
                throw Held(institution, e);
            }

            if (sliceEnds.IsCancellationRequested)
            {
                return PullOutcome.Unfinished;
            }

            await Task.Delay(options.FirstPause, time, ct);
        }
    }

    private async Task PullAsync(string institution, CancellationToken ct)
    {
        using var page = new SpooledPage();
        var persons = await service.PullAsync(institution, filter, page, options.AnswerPatience, ct);
        var (stored, content) = page.Store(persons);
        await snapshot.AddAsync(UniloginSource.CollectionOf(institution), stored, content, ct);
    }

    /// <summary>By day, today's last answer serves; what the night pulls has to be tonight's.</summary>
    [Told]
    private async Task<PullOutcome> WithoutCallAsync(string institution, CallLedger ledger, SoapException? last, CancellationToken ct)
    {
        if (last is not null)
        {
            throw Held(institution, last);
        }

        var now = time.GetUtcNow();
        if (ledger.OfRun(pull.Tenant.Id, pull.Run) >= MostPerRun)
        {
            throw new RunHeldException(
                $"Institution {institution} was asked for {MostPerRun} times in this run and no answer was stored. Run again later; {Left(ledger, now)}");
        }

        if (pull.Trigger != RunTrigger.Nightly)
        {
            foreach (var earlier in ledger.Today(now).Where(call => call.Tenant == pull.Tenant.Id && call.Asked == Asked).Reverse())
            {
                if (await snapshot.TryCopyAsync(earlier.Run, UniloginSource.CollectionOf(institution), ct))
                {
                    return PullOutcome.Stored;
                }
            }
        }

        throw new RunHeldException(
            $"Institution {institution} cannot be pulled: {Left(ledger, now)} Calls count for everybody who asks for it, also in other tenants. "
            + (pull.Trigger == RunTrigger.Nightly ? "The night keeps one for an operator: run the tenant by hand, or wait." : "There is no answer of today to take instead: wait."));
    }

    [Told]
    private RunHeldException Held(string institution, SoapException e) =>
        new($"Institution {institution}: {ServiceProblem.Describe(e, _settings, "eksporterXml")}", e);

    [Told]
    private string Left(CallLedger ledger, DateTimeOffset now) =>
        $"{ledger.Used(now)} of {CallBudget.MostPerDay} calls a day are used, and the next is free at {ledger.FreeAgain(now, _most):u}.";
}
