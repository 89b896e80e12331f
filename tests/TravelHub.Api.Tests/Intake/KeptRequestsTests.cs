using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Intake;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Intake;

public sealed class KeptRequestsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Guid _id = Guid.NewGuid();

    [Fact]
    public async Task Keep_ThenAnotherProcess_FindsItAgain()
    {
        var pay = Payment("tok_secret_1");
        using (var intake = await Open())
        {
            Assert.Equal(KeepOutcome.Kept, await intake.Keep(pay));
            Assert.Equal(KeepOutcome.Kept, await intake.Keep(KeptRequest.Of(_id, new CancelCommand("ann", null), _time.GetUtcNow())));
        }

        using var next = await Open();
        Assert.True(next.Waits(_id));
        Assert.Equal(2, next.Status.Waiting);
        var found = next.Of(_id);
        Assert.Equal([KeptKind.Payment, KeptKind.Cancellation], found.Select(r => r.Kind));
        Assert.Equal("tok_secret_1", found[0].Read<PayCommand>().PaymentToken);
    }

    /// <summary>A quote that was good when the booking was kept binds when it is delivered.</summary>
    [Fact]
    public async Task Of_KeptForLong_IsAskedWhenItWas()
    {
        using var intake = await Open();
        var keptAt = _time.GetUtcNow();
        await intake.Keep(KeptRequest.Of(_id, new BookCommand("ann", "hash", BookingMode.Hold, [], new Guest("Ann", "ann@example.com"), null, AskedAt: keptAt), keptAt));
        _time.Advance(TimeSpan.FromHours(3));

        Assert.Equal(keptAt, intake.Of(_id)[0].Read<BookCommand>().AskedAt);
    }

    [Fact]
    public async Task Keep_SameRequestTwice_IsOneAndAnotherUnderItsKeyIsRefused()
    {
        using var intake = await Open();
        await intake.Keep(Payment("tok_a", "key 1"));

        Assert.Equal(KeepOutcome.KeptBefore, await intake.Keep(Payment("tok_a", "key 1")));
        Assert.Equal(KeepOutcome.OtherRequest, await intake.Keep(Payment("tok_b", "key 1")));
        Assert.Equal(KeepOutcome.Kept, await intake.Keep(Payment("tok_b", "key 1", owner: "bob")));   // whose reservation it is shows at delivery
        Assert.Equal(2, intake.Status.Waiting);
    }

    [Fact]
    public async Task Keep_ManyAtOnce_KeepsEach()
    {
        Guid[] ids = [.. Enumerable.Range(0, 300).Select(_ => Guid.NewGuid())];
        using (var intake = await Open())
        {
            var outcomes = await Task.WhenAll(ids.Select(id => intake.Keep(KeptRequest.Of(id, new CancelCommand("ann", null), _time.GetUtcNow()))));
            Assert.All(outcomes, o => Assert.Equal(KeepOutcome.Kept, o));
        }

        using var next = await Open();   // what the disk has, and not what memory believes
        Assert.Equal(ids.Order(), next.Waiting.Order());
        Assert.All(ids, id => Assert.Single(next.Of(id)));
    }

    [Fact]
    public async Task End_Delivered_LeavesNothing()
    {
        using var intake = await Open();
        await intake.Keep(Payment("tok_a"));

        await intake.End(intake.Of(_id).Single(), refusal: null);

        Assert.False(intake.Knows(_id));
        Assert.Empty(intake.Of(_id));
    }

    [Fact]
    public async Task End_Refused_IsToldButHoldsNoCommand()
    {
        using (var intake = await Open())
        {
            await intake.Keep(Payment("tok_a"));
            _time.Advance(TimeSpan.FromDays(10));   // the cluster was away for long: it is told from now on
            await intake.End(intake.Of(_id).Single(), new Refusal("not-payable", "It is confirmed already."));
        }

        using (var next = await Open())
        {
            Assert.False(next.Waits(_id));
            Assert.True(next.Knows(_id));
            var ended = next.Of(_id).Single();
            Assert.Equal((null, "not-payable"), (ended.Command, ended.Refusal!.Code));
        }

        _time.Advance(TimeSpan.FromDays(8));
        using var muchLater = await Open();
        Assert.False(muchLater.Knows(_id));
    }

    [Fact]
    public async Task Keep_PaymentToken_IsNowhereInTheFiles()
    {
        using var intake = await Open();
        await intake.Keep(Payment("tok_in_no_file"));

        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith("intake.db", StringComparison.Ordinal));
        foreach (var file in files.Where(f => !f.EndsWith("lock", StringComparison.Ordinal)))   // empty, and this process's alone
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("tok_in_no_file", Encoding.Latin1.GetString(content.ToArray()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keep_StoreBroken_FailsAndNothingIsTakenAsKept()
    {
        using var intake = await Open();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "intake.db")};Pooling=false"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var drop = other.CreateCommand();
            drop.CommandText = "DROP TABLE requests";
            await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<SqliteException>(() => intake.Keep(Payment("tok_a")));

        Assert.Equal(0, intake.Status.Waiting);
    }

    /// <summary>What another gateway keeps there after this one has looked, this one would never deliver.</summary>
    [Fact]
    public async Task Start_FolderIsAnotherGateways_Fails()
    {
        using var intake = await Open();

        var why = await Assert.ThrowsAsync<IOException>(() => Open());

        Assert.Contains("Intake:Folder", why.Message, StringComparison.Ordinal);
    }

    /// <summary>A request that outlives a power cut is of no use without the key to it.</summary>
    [Fact]
    public async Task Start_NothingIsKeptYet_HasTheKeyAlready()
    {
        using var intake = await Open();

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder.Path, "keys")));
    }

    [Fact]
    public async Task Keep_Full_Fails()
    {
        using var intake = await Open(mostWaiting: 1);
        await intake.Keep(Payment("tok_a"));

        await Assert.ThrowsAsync<IOException>(() => intake.Keep(Payment("tok_b")));
    }

    public void Dispose() => _folder.Dispose();

    private KeptRequest Payment(string token, string? attempt = null, string owner = "ann") =>
        KeptRequest.Of(_id, new PayCommand(owner, attempt ?? $"token {token}", token), _time.GetUtcNow());

    private async Task<KeptRequests> Open(int mostWaiting = 1_000)
    {
        var options = Options.Create(new IntakeOptions { Folder = _folder.Path, MostWaiting = mostWaiting });
        var intake = new KeptRequests(new IntakeFile(options), new IntakeSeal(options), options, _time);
        await intake.StartAsync(TestContext.Current.CancellationToken);
        return intake;
    }
}
