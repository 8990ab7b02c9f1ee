# loop.py MIGRATE REUSEPORT: closed-loop clients, fresh and keep-alive, through 4 replacements; every error is a lost request
import socket,subprocess,sys,threading,http.client,time
from collections import Counter
ip=subprocess.check_output(['docker','inspect','-f','{{.NetworkSettings.IPAddress}}','opsbox3'],text=True).strip()
def box(c): return subprocess.run(['docker','exec','opsbox3','sh','-c',c],capture_output=True,text=True)
r=box(f'/srv/d/setup.sh {sys.argv[1]} {sys.argv[2]}'); print(r.stderr[-300:])
done=False; count=Counter(); when=[]; t0=time.time()
def client(keep):
    c=None
    while not done:
        try:
            if c is None: c=http.client.HTTPConnection(ip,8090,timeout=60)
            c.request('GET','/api/version',headers={} if keep else {'Connection':'close'})
            a=c.getresponse(); a.read()
            count['keep' if keep else 'fresh', a.status]+=1
            if a.status!=200: when.append((round(time.time()-t0,1),a.status))
            if a.will_close or not keep: c.close(); c=None
        except Exception as e:
            count['keep' if keep else 'fresh', type(e).__name__]+=1; when.append((round(time.time()-t0,1),keep,type(e).__name__)); c=None
        time.sleep(0.02)
ts=[threading.Thread(target=client,args=(i%3==0,)) for i in range(12)]
[t.start() for t in ts]
time.sleep(2)
out=box('/srv/d/upgrade.sh 4'); print(out.stdout,out.stderr[-300:])
time.sleep(2); done=True
[t.join() for t in ts]
print(sys.argv[1:],count,when[:20])
print(box(r'''awk "/^TcpExt/{ if(!n){split(\$0,k);n=1} else {split(\$0,v); for(i in k) if(k[i]~/Migrate/) print k[i],v[i]}}" /proc/$(docker inspect -f "{{.State.Pid}}" front)/net/netstat''').stdout)
